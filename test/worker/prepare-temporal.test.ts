import { ServiceError } from '@temporalio/client'
import { retryOnDeadline } from '../../worker/bootstrap/prepare-temporal.ts'

const DEADLINE_EXCEEDED = 4
const UNAUTHENTICATED = 16

/** What the SDK throws when a call to Temporal fails. */
function failure(code: number): ServiceError {
  const cause = Object.assign(new Error('of gRPC'), { code, details: '', metadata: {} })
  return new ServiceError('no answer', { cause })
}

/** Fails as told, one call after the other, and answers then. */
function answering(...failures: ServiceError[]) {
  let calls = 0
  return {
    ask: async () => {
      const failed = failures[calls++]
      if (failed) throw failed
      return 'answer'
    },
    calls: () => calls,
  }
}

it('retries where no answer came in time', async () => {
  const late = failure(DEADLINE_EXCEEDED)
  const { ask, calls } = answering(late, late)
  expect(await retryOnDeadline(ask)).toBe('answer')
  expect(calls()).toBe(3)
})

it('gives up in the end', async () => {
  const late = Array(10).fill(failure(DEADLINE_EXCEEDED))
  const { ask, calls } = answering(...late)
  await expect(retryOnDeadline(ask)).rejects.toBe(late[0])
  expect(calls()).toBe(5)
})

it('does not retry a refusal', async () => {
  const refused = failure(UNAUTHENTICATED)
  const { ask, calls } = answering(refused)
  await expect(retryOnDeadline(ask)).rejects.toBe(refused)
  expect(calls()).toBe(1)
})
