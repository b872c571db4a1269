import type { Lotkeeper } from './client.ts'
import type { Calls, Generation } from './contract.ts'

type Request = Calls['POST /v1/accounts/{account}/generations']['body']

export type Operation = Request & {
  account: string
  /** a business key of yours, such as a job's id: the same job reserves once, whoever runs it */
  idempotencyKey?: string
}

/** What the work is given. */
export type Reserved = {
  generation: Generation
  /** Says that fewer than all came out: the rest is given back. */
  delivered(count: number): void
}

/**
 * Reserves credits, does the work, and settles: what was delivered is spent (all of it unless the work says less), and
 * everything comes back when the work throws. If this process dies in between, the hold ends by itself at its deadline.
 * @throws LotkeeperError when the reservation is refused (the work does not begin), and whatever the work throws
 */
export async function withCredits<T>(
  lotkeeper: Lotkeeper,
  { account, idempotencyKey, ...body }: Operation,
  work: (reserved: Reserved) => Promise<T>,
): Promise<T> {
  const generation = await lotkeeper.call('POST /v1/accounts/{account}/generations', {
    params: { account },
    body,
    ...(idempotencyKey ? { idempotencyKey } : {}),
  })
  const params = { id: generation.id }
  let delivered = generation.outputs
  let result: T
  try {
    result = await work({ generation, delivered: count => (delivered = count) })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'failed'
    // What the work threw matters more; a hold that could not be given back ends at its deadline.
    await lotkeeper
      .call('POST /v1/generations/{id}/fail', { params, body: { reason } })
      .catch(() => undefined)
    throw error
  }
  await lotkeeper.call('POST /v1/generations/{id}/complete', { params, body: { delivered } })
  return result
}
