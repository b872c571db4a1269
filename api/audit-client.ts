import { WithStartWorkflowOperation } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import { auditWorkflowId } from '../workflows/ids.ts'
import { type AuditInput, approveUpdate, reportedUpdate, searchAttributes } from '../workflows/messages.ts'
import type { App } from './app.ts'
import { inTime } from './in-time.ts'

/** Audits an account; answers when what was found is on the book, and mended as far as that is done at once. @throws Refused */
export async function startAudit(app: App, input: AuditInput): Promise<void> {
  const startWorkflowOperation = start(app, input)
  await inTime(app, () =>
    app.temporal.workflow.executeUpdateWithStart(reportedUpdate, { startWorkflowOperation }),
  )
}

/** Lets the corrections of an audit happen; answers when they have. One whose workflow is gone is made again. @throws Refused */
export async function approveAudit(app: App, input: AuditInput, approved_by: string): Promise<void> {
  const startWorkflowOperation = start(app, input)
  await inTime(app, () =>
    app.temporal.workflow.executeUpdateWithStart(approveUpdate, {
      startWorkflowOperation,
      args: [approved_by],
    }),
  )
}

function start(app: App, input: AuditInput) {
  const { product, account, id } = input
  return new WithStartWorkflowOperation('audit', {
    workflowId: auditWorkflowId(product, id),
    taskQueue: app.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [input],
    staticSummary: `Audit of ${account}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.product, value: product },
      { key: searchAttributes.account, value: account },
    ]),
  })
}
