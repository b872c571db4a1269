import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Load } from '../load.ts'

/** Where to send generations, and whose they are: one of the accounts is chosen each time, all alike. */
export type Target = { url: string; key: string; accounts: string[] }

const TRIES = 5
const lasting = new Agent({ keepAlive: true })

/**
 * Generations over the HTTP API: reserve, then complete. The answer that somebody waits for is the reservation's.
 * @param outputs a batch of so many, each item of which is settled on its own; left out, one image
 */
export function generationsOverHttp(target: Target, clients: number, outputs?: number): Load {
  const items = outputs ? Array.from({ length: outputs }, (_, index) => ({ index, ok: true })) : undefined
  const agent = new Agent({ keepAlive: true })
  return {
    clients,
    work: async (_client, answered) => {
      const id = await reserve(target, outputs, agent)
      answered()
      await complete(target, id, items, agent)
    },
    // The server would end idle connections by the next round.
    drain: async () => agent.destroy(),
  }
}

/** Reserves one image, or so many. @returns the generation's id */
export async function reserve(
  { url, key, accounts }: Target,
  outputs?: number,
  agent = lasting,
): Promise<string> {
  const account = accounts[Math.floor(Math.random() * accounts.length)]
  const body = { operation: 'image', outputs }
  const { id } = await post(agent, key, `${url}/v1/accounts/${account}/generations`, body)
  return id
}

/** @param items what is settled; all if it is left out */
export async function complete(
  { url, key }: Target,
  id: string,
  items?: object[],
  agent = lasting,
): Promise<void> {
  await post(agent, key, `${url}/v1/generations/${id}/complete`, { items })
}

/** Sends a request; again where the answer is that nothing was done (503), which is what a client should do. */
async function post(agent: Agent, key: string, url: string, body: object): Promise<{ id: string }> {
  const idempotencyKey = randomUUID()
  for (let attempt = 1; ; attempt++) {
    const { status, answer } = await send(agent, key, url, body, idempotencyKey)
    if (status < 300) return answer as { id: string }
    if (status !== 503 || attempt === TRIES) throw new Error(`${url}: ${status} ${JSON.stringify(answer)}`)
  }
}

async function send(agent: Agent, key: string, url: string, body: object, idempotencyKey: string) {
  const text = JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': idempotencyKey,
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(text),
  )
  return { status: response.statusCode ?? 0, answer: await json(response) }
}
