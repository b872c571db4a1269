import { Agent } from 'node:http'
import type { Load } from '../measure/load.ts'
import { send } from './call-api.ts'

/** Where to send generations, and whose they are: one of the accounts is chosen each time, all alike. */
export type Target = { url: string; key: string; accounts: string[] }

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
  agent?: Agent,
): Promise<string> {
  const account = accounts[Math.floor(Math.random() * accounts.length)]
  const body = { operation: 'image', outputs }
  const { id } = await send<{ id: string }>(key, `${url}/v1/accounts/${account}/generations`, body, { agent })
  return id
}

/** @param items what is settled; all if it is left out */
export async function complete(
  { url, key }: Target,
  id: string,
  items?: object[],
  agent?: Agent,
): Promise<void> {
  await send(key, `${url}/v1/generations/${id}/complete`, { items }, { agent })
}
