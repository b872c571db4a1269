import { WorkflowNotFoundError } from '@temporalio/client'
import { each, nameOf, type Servers, startIfMissing } from '../../activities/reconcile/follow.ts'
import type { ImportedMembershipRef } from '../../db/imports/memberships.ts'
import { findOpen } from '../../db/operations/open-workflows.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'

type Print = (line: string) => void

/** Starts the workflows of imported memberships, as reconciling does: they do what has fallen due. */
export function workflowStarter(servers: Servers, print: Print) {
  const options = { dryRun: false, print }
  return async (memberships: ImportedMembershipRef[]): Promise<void> => {
    const open = await findOpen(servers.db, 'membership', memberships)
    await each(open, options, nameOf, work => startIfMissing(servers, work, options))
  }
}

/** Terminates the workflows of memberships whose import is undone. */
export function workflowEnder({ temporal }: Pick<Servers, 'temporal'>) {
  return async (memberships: ImportedMembershipRef[]): Promise<void> => {
    for (const { product, id } of memberships)
      await temporal.workflow
        .getHandle(membershipWorkflowId(product, id))
        .terminate('its import was undone')
        .catch(error => {
          if (!(error instanceof WorkflowNotFoundError)) throw error
        })
  }
}
