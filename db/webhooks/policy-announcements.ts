import type { Membership } from '../../domain/memberships/membership.ts'
import type { Announcement } from '../../domain/policy/announcement.ts'
import { type Account, accountColumns } from '../accounts/accounts.ts'
import { type CommandRef, command, type Db } from '../core/command.ts'
import type { QueuedEmail } from '../emails/emails.ts'

/** An account that an announcement has not reached, with its memberships. */
export type Recipient = Account & { memberships: Membership[] }

const FIRST = '00000000-0000-0000-0000-000000000000'

const announcementKey = (version: number) => `policy/${version}`

/** The next open accounts of a product, after a key, that the announcement of a version has not reached. */
export async function accountsToAnnounce(
  db: Db,
  { product, version }: { product: string; version: number },
  after: string | null,
  limit: number,
): Promise<Recipient[]> {
  const { rows } = await db.query<Recipient>(
    `select ${accountColumns},
       array(select m.status from memberships m where m.account_key = a.account_key) as memberships
     from accounts a left join test_clocks c on c.id = a.test_clock
     where a.product = $1 and a.account_key > $2 and a.closed_at is null
       and not exists (select from idempotency_records r where r.account_key = a.account_key and r.operation_key = $3)
     order by a.account_key limit $4`,
    [product, after ?? FIRST, announcementKey(version), limit],
  )
  return rows
}

/** Announces a version to an account by event and email, once; only records it where it changes nothing for the customer. */
export async function announcePolicy(
  db: Db,
  ref: CommandRef,
  version: number,
  announcement: Announcement | null,
  emails: QueuedEmail[],
): Promise<void> {
  const operation_key = announcementKey(version)
  const args = { version, changes: [], ...announcement, emails }
  await command(db, 'announce_policy', { ...ref, operation_key }, { version }, args)
}
