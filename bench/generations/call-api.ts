import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** A busy machine says 503 for as long as it is busy. */
const TRIES = 20
const lasting = new Agent({ keepAlive: true })

export type Sending = { method?: 'POST' | 'PUT'; agent?: Agent | undefined }

/** Sends a request; again, when the answer says so, where nothing was done (503), which is what a client should do. */
export async function send<T>(
  key: string,
  url: string,
  body: object,
  { method = 'POST', agent = lasting }: Sending = {},
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
    const answer = await json(response)
    const status = response.statusCode ?? 0
    if (status < 300) return answer as T
    if (status !== 503 || attempt === TRIES) throw new Error(`${url}: ${status} ${JSON.stringify(answer)}`)
    await sleep(Number(response.headers['retry-after'] ?? 1) * 1000)
  }
}
