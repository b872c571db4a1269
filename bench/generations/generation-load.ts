import { Agent } from 'node:http'
import { sample } from '../measure/distributions.ts'
import type { Load } from '../measure/load.ts'
import { callApi } from './call-api.ts'

/** The API to call, and the accounts to choose from. */
export type Target = { url: string; key: string; accounts: string[] }

/**
 * Reserves and completes generations over HTTP; latency is that of the reservation.
 * @param outputs size of a batch whose items are settled one by one; one image if left out
 */
export function generationLoad(target: Target, clients: number, outputs?: number): Load {
  const items = outputs ? Array.from({ length: outputs }, (_, index) => ({ index, ok: true })) : undefined
  const agent = new Agent({ keepAlive: true })
  return {
    clients,
    operation: async (_client, onResponse) => {
      const id = await reserve(target, outputs, agent)
      onResponse()
      await complete(target, id, items, agent)
    },
    // The server closes idle connections before the next round.
    drain: async () => agent.destroy(),
  }
}

/** Reserves one or more images. @returns the generation's id */
export async function reserve({ url, key, accounts }: Target, outputs?: number, agent?: Agent): Promise<string> {
  const body = { operation: 'image', outputs }
  const path = `/v1/accounts/${sample(accounts)}/generations`
  const { id } = await callApi<{ id: string }>(key, url + path, body, { agent })
  return id
}

/** @param items results to settle; everything if left out */
export async function complete({ url, key }: Target, id: string, items?: object[], agent?: Agent): Promise<void> {
  await callApi(key, `${url}/v1/generations/${id}/complete`, { items }, { agent })
}
