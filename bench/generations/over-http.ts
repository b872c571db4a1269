import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Load } from '../load.ts'

/**
 * Generations over the HTTP API: reserve, then complete. The answer that somebody waits for is the reservation's.
 * @param accounts one of them is chosen each time, all alike
 */
export function generationsOverHttp(api: string, key: string, accounts: string[], clients: number): Load {
  const agent = new Agent({ keepAlive: true })
  return {
    clients,
    work: async (_client, answered) => {
      const account = accounts[Math.floor(Math.random() * accounts.length)]
      const { id } = await post(agent, key, `${api}/v1/accounts/${account}/generations`, {
        operation: 'image',
      })
      answered()
      await post(agent, key, `${api}/v1/generations/${id}/complete`, {})
    },
    // The server would end idle connections by the next round.
    drain: async () => agent.destroy(),
  }
}

async function post(agent: Agent, key: string, url: string, body: object): Promise<{ id: string }> {
  const text = JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': randomUUID(),
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(text),
  )
  const answer = await json(response)
  if ((response.statusCode ?? 0) >= 300)
    throw new Error(`${url}: ${response.statusCode} ${JSON.stringify(answer)}`)
  return answer as { id: string }
}
