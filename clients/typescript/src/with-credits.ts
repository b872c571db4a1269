import type { components, paths } from './api.ts'
import type { Answer, Lotkeeper } from './client.ts'

const RESERVE = '/v1/accounts/{account}/generations'
const MAX_REASON = 500

type Generation = components['schemas']['Generation']
type Request = NonNullable<paths[typeof RESERVE]['post']['requestBody']>['content']['application/json']

export type Work = Request & {
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
 * @throws LotkeeperError if the reservation is refused; the work does not start then. Errors of the work are rethrown
 */
export async function withCredits<T>(
  lotkeeper: Lotkeeper,
  { account, idempotencyKey, ...body }: Work,
  work: (reserved: Reserved) => Promise<T>,
): Promise<T> {
  const generation: Answer<'post', typeof RESERVE> = await lotkeeper.post(RESERVE, {
    params: { path: { account } },
    body,
    ...(idempotencyKey && { idempotencyKey }),
  })
  const params = { path: { id: generation.id } }
  let delivered = generation.outputs
  let result: T
  try {
    result = await work({ generation, delivered: count => (delivered = count) })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, MAX_REASON) : 'failed'
    // The work's error matters more than a failed release: the hold ends at its deadline.
    await lotkeeper.post('/v1/generations/{id}/fail', { params, body: { reason } }).catch(() => undefined)
    throw error
  }
  await lotkeeper.post('/v1/generations/{id}/complete', { params, body: { delivered } })
  return result
}
