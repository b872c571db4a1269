import { WorkflowNotFoundError } from '@temporalio/client'
import { auditWorkflowId } from '../../workflows/contract/ids.ts'
import { type AuditInput, approveUpdate, declineUpdate, reportedUpdate } from '../../workflows/contract/messages.ts'
import { auditStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'
import { updateWithStart } from './update-with-start.ts'

/** Audits an account; resolves when the report is stored and its immediate repairs are made. @throws Refused */
export function startAudit(app: App, input: AuditInput): Promise<void> {
  return updateWithStart(app, 'audit', auditStart(input), reportedUpdate, [])
}

/** Makes the corrections of an audit. A lost workflow is started again. @throws Refused */
export function approveAudit(app: App, input: AuditInput, approved_by: string): Promise<void> {
  return updateWithStart(app, 'audit', auditStart(input), approveUpdate, [approved_by])
}

/** Ends an audit whose corrections were declined; one that has ended stays. @throws Refused temporarily_unavailable */
export async function endDeclinedAudit(app: App, { product, id }: Pick<AuditInput, 'product' | 'id'>): Promise<void> {
  const handle = app.temporal.workflow.getHandle(auditWorkflowId(product, id))
  await withTemporalDeadline(app, () => handle.executeUpdate(declineUpdate)).catch(error => {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  })
}
