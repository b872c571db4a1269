import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import type { App } from '../../api/http/app.ts'
import { advanceClock } from '../../api/temporal/deadline.ts'

/** Advances the clock of a workflow whose update fails. */
function advance(error: Error): Promise<void> {
  const handle = { executeUpdate: () => Promise.reject(error) }
  const temporal = {
    withDeadline: <T>(_until: number, call: () => Promise<T>) => call(),
    workflow: { getHandle: () => handle },
  }
  return advanceClock({ temporal } as unknown as App, 'generation/kvidai/gen_1', new Date())
}
const failed = (type: string) => new WorkflowUpdateFailedError('failed', ApplicationFailure.nonRetryable('', type))

it.each([
  ['that has ended', new WorkflowNotFoundError('not found', 'generation/kvidai/gen_1', undefined)],
  ['that ends before it answers', failed('AcceptedUpdateCompletedWorkflow')],
])('a test clock passes a workflow %s', async (_what, error) => {
  await expect(advance(error)).resolves.toBeUndefined()
})

it('a test clock waits for a workflow that did not take up the update, and shows other failures', async () => {
  await expect(advance(failed('UnprocessedUpdate'))).rejects.toMatchObject({
    refusal: { code: 'temporarily_unavailable' },
  })
  await expect(advance(failed('Broken'))).rejects.toThrow('failed')
})
