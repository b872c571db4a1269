import { ServiceError } from '@temporalio/client'
import { retryOnDeadline } from '../../worker/bootstrap/prepare-temporal.ts'

const DEADLINE_EXCEEDED = 4
const UNAUTHENTICATED = 16

/** The error that the SDK throws when a call to Temporal fails. */
function failure(code: number): ServiceError {
  const cause = Object.assign(new Error('gRPC failed'), { code, details: '', metadata: {} })
  return new ServiceError('no answer', { cause })
}

/** A call that fails with each of these errors in turn, then answers. */
function failingCall(...failures: ServiceError[]) {
  let calls = 0
  return {
    call: async () => {
      const failed = failures[calls++]
      if (failed) throw failed
      return 'answer'
    },
    calls: () => calls,
  }
}

it('a call that exceeds its deadline is retried', async () => {
  const deadline = failure(DEADLINE_EXCEEDED)
  const { call, calls } = failingCall(deadline, deadline)
  expect(await retryOnDeadline(call)).toBe('answer')
  expect(calls()).toBe(3)
})

it('a call that always exceeds its deadline fails after five attempts', async () => {
  const deadline = Array(10).fill(failure(DEADLINE_EXCEEDED))
  const { call, calls } = failingCall(...deadline)
  await expect(retryOnDeadline(call)).rejects.toBe(deadline[0])
  expect(calls()).toBe(5)
})

it('a refused call is not retried', async () => {
  const refused = failure(UNAUTHENTICATED)
  const { call, calls } = failingCall(refused)
  await expect(retryOnDeadline(call)).rejects.toBe(refused)
  expect(calls()).toBe(1)
})
