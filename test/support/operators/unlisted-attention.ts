import { searchAttributes } from '../../../workflows/contract/messages.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import { waitFor } from '../wait-for.ts'

/** The subjects of GET /v1/attention by the first part of a workflow's id. */
const SUBJECTS: Record<string, string> = {
  webhooks: 'webhook_endpoint',
  'stripe-events': 'poll',
  'gumroad-sales': 'poll',
}

/**
 * Waits until the list in the database names the same purchases, memberships and other subjects as the workflows that raise
 * NeedsAttention: Temporal's visibility follows with a delay.
 */
export async function expectAttentionListed(
  lotkeeper: Pick<Lotkeeper, 'db' | 'temporal' | 'taskQueue'>,
): Promise<void> {
  const differing = async () => {
    const [raised, listed] = await Promise.all([raisedSubjects(lotkeeper), listedSubjects(lotkeeper)])
    return {
      unlisted: [...raised].filter(each => !listed.has(each)),
      unraised: [...listed].filter(each => !raised.has(each) && !each.startsWith('poll/')),
    }
  }
  await waitFor(
    'the list and the workflows to agree on what needs attention',
    differing,
    ({ unlisted, unraised }) => unlisted.length + unraised.length === 0,
    10,
  )
}

async function raisedSubjects({
  temporal,
  taskQueue,
}: Pick<Lotkeeper, 'temporal' | 'taskQueue'>): Promise<Set<string>> {
  const query = `TaskQueue = '${taskQueue}' AND ${searchAttributes.needsAttention.name} = true`
  const found = new Set<string>()
  for await (const { workflowId, status } of temporal.workflow.list({ query })) {
    if (status.name !== 'RUNNING' && !(await isRaisedByLastRun(temporal, workflowId))) continue
    const [kind = '', product = '', id = product] = workflowId.split('/')
    const subject = SUBJECTS[kind] ?? kind
    found.add(subject === 'poll' ? `poll/${kind}` : `${subject}/${product}/${subject === 'emails' ? product : id}`)
  }
  return found
}

/** A terminated or reset run keeps its search attributes. */
async function isRaisedByLastRun(temporal: Lotkeeper['temporal'], workflowId: string): Promise<boolean> {
  const { status, searchAttributes: found } = await temporal.workflow.getHandle(workflowId).describe()
  return status.name !== 'TERMINATED' && found.NeedsAttention?.[0] === true
}

async function listedSubjects({ db }: Pick<Lotkeeper, 'db'>): Promise<Set<string>> {
  const { rows } = await db.query<{ subject: string }>(
    `select case subject when 'poll' then 'poll/' || subject_id else subject || '/' || product || '/' || subject_id end as subject
       from attention
     union select kind || '/' || product || '/' || subject from approvals where kind = 'audit' and approved_by is null and declined_by is null`,
  )
  return new Set(rows.map(({ subject }) => subject))
}
