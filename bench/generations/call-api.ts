import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** A busy server may answer 503 several times. */
const MAX_ATTEMPTS = 20
const defaultAgent = new Agent({ keepAlive: true })

/** Sends a request and repeats it after a 503, which means that nothing was done. */
export async function callApi<T>(
  key: string,
  url: string,
  body: object,
  { method = 'POST', agent = defaultAgent }: { method?: 'POST' | 'PUT'; agent?: Agent | undefined } = {},
): Promise<T> {
  const text = JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': randomUUID(),
  }
  for (let attempt = 1; ; attempt++) {
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      request(url, { method, agent, headers }, resolve).on('error', reject).end(text),
    )
    const result = await json(response)
    const status = response.statusCode ?? 0
    if (status < 300) return result as T
    if (status !== 503 || attempt === MAX_ATTEMPTS) throw new Error(`${url}: ${status} ${JSON.stringify(result)}`)
    await sleep(Number(response.headers['retry-after'] ?? 1) * 1000)
  }
}
