import type { Lotkeeper } from './client.ts'
import type { Calls, Generation } from './contract.ts'

type Request = Calls['POST /v1/accounts/{account}/generations']['body']

export type Operation = Request & {
  account: string
  /** your business key, such as a job's id, so that repeating the job reserves once */
  idempotencyKey?: string
}

export type Reserved = {
  generation: Generation
  /** Sets how many outputs were delivered, if not all; the credits of the others are released. */
  delivered(count: number): void
}

/**
 * Reserves credits, does the work, and settles: delivered outputs are spent, and everything is released if the work throws.
 * If this process crashes, the hold is released at its deadline.
 * @throws LotkeeperError if the reservation is refused; then the work does not start. Errors of the work are rethrown
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
    // The work's error matters more than a failed release: the hold ends at its deadline.
    await lotkeeper.call('POST /v1/generations/{id}/fail', { params, body: { reason } }).catch(() => undefined)
    throw error
  }
  await lotkeeper.call('POST /v1/generations/{id}/complete', { params, body: { delivered } })
  return result
}
