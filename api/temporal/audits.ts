import { WithStartWorkflowOperation } from '@temporalio/client'
import { type AuditInput, approveUpdate, reportedUpdate } from '../../workflows/contract/messages.ts'
import { auditStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

/** Audits an account; answers when what was found is on the book, and mended as far as that is done at once. @throws Refused */
export async function startAudit(app: App, input: AuditInput): Promise<void> {
  const startWorkflowOperation = start(app, input)
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(reportedUpdate, { startWorkflowOperation }),
  )
}

/** Lets the corrections of an audit happen; answers when they have. One whose workflow is gone is made again. @throws Refused */
export async function approveAudit(app: App, input: AuditInput, approved_by: string): Promise<void> {
  const startWorkflowOperation = start(app, input)
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(approveUpdate, {
      startWorkflowOperation,
      args: [approved_by],
    }),
  )
}

function start(app: App, input: AuditInput) {
  return new WithStartWorkflowOperation('audit', {
    ...auditStart(input),
    taskQueue: app.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}
