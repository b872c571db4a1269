import { nextDue } from '../../domain/memberships/due.ts'
import { grantOf } from '../../domain/memberships/grants.ts'
import type { ImportedMembership } from '../../domain/memberships/imported.ts'
import { coveredUntil } from '../../domain/memberships/membership.ts'
import { termsOf } from '../../domain/memberships/terms.ts'
import { decideTransition, type TransitionInput } from '../../domain/memberships/transitions.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { deriveId } from '../../domain/shared/derive-id.ts'
import { loadAccountByKey } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'
import { saveMembership } from '../memberships/memberships.ts'
import { membershipIdOf } from '../memberships/subscription-owner.ts'
import type { Import } from './imports.ts'

const PAGE = 100
/** Each membership is recorded by a command of its own. */
const AT_ONCE = 4

/** An imported membership, for its workflow. */
export type ImportedMembershipRef = { product: string; account: string; id: string }

export type StartWorkflows = (memberships: ImportedMembershipRef[]) => Promise<void>

type Row = {
  id: string
  account_key: string
  fingerprint: string
  record: { membership: ImportedMembership; subscription: string | null }
}

/** Records the staged memberships of an import. The workflows of each page are started before the page counts as done. */
export async function applyMemberships(db: Db, policy: Policy, applied: Import, start: StartWorkflows): Promise<void> {
  for (;;) {
    const rows = await nextRows(db, applied)
    if (rows.length === 0) return
    const saved: { record: string; ref: ImportedMembershipRef }[] = []
    const save = async () => {
      for (let row = rows.pop(); row; row = rows.pop())
        saved.push({ record: row.id, ref: await saveImported(db, policy, applied, row) })
    }
    await Promise.all(Array.from({ length: AT_ONCE }, save))
    await start(saved.map(({ ref }) => ref))
    await db.query(
      `insert into imported_records (product, kind, id, import, fingerprint, account_key, membership)
         select r.product, r.kind, r.id, r.import, r.fingerprint, r.account_key, done.membership
         from unnest($3::text[], $4::text[]) as done(id, membership)
         join import_rows r on r.product = $1 and r.import = $2 and r.kind = 'memberships' and r.id = done.id
       on conflict do nothing`,
      [applied.product, applied.import, saved.map(({ record }) => record), saved.map(({ ref }) => ref.id)],
    )
  }
}

async function nextRows(db: Db, { product, import: id }: Import): Promise<Row[]> {
  const { rows } = await db.query<Row>(
    `select r.id, r.account_key, r.fingerprint, r.record from import_rows r
     where r.product = $1 and r.import = $2 and r.kind = 'memberships'
       and not exists (select from imported_records k where k.product = r.product and k.kind = r.kind and k.id = r.id)
     order by r.id limit $3`,
    [product, id, PAGE],
  )
  return rows
}

/** As any transition is recorded, at the time that the records describe; its workflow does what has fallen due since. */
async function saveImported(
  db: Db,
  policy: Policy,
  { product, import: imported, as_of }: Import,
  { id: record, account_key, fingerprint, record: { membership, subscription } }: Row,
): Promise<ImportedMembershipRef> {
  const { account, time_zone } = await loadAccountByKey(db, account_key)
  const { provider, plan } = membership
  const id = subscription ? membershipIdOf(product, subscription) : deriveId('mem', account_key, 'import', record)
  const input: TransitionInput = {
    kind: 'import',
    membership,
    terms: termsOf(policy, plan, provider),
    // Months count in UTC at Stripe.
    time_zone: provider === 'stripe' ? 'UTC' : time_zone,
  }
  const { membership: status, due, events } = decideTransition(null, input, as_of.toISOString())
  await saveMembership(
    db,
    { account_key, operation_key: `import/${imported}/membership/${record}`, at: as_of },
    fingerprint,
    {
      product,
      membership: id,
      provider,
      external_id: subscription,
      revision: 0,
      status,
      trial: null,
      input,
      covered_until: coveredUntil(status),
      next_due_at: nextDue(status)?.at ?? null,
      grants: due.map(month => grantOf(policy, status, id, month)),
      effects: [],
      events,
      emails: [],
    },
  )
  return { product, account, id }
}
