import type { Db } from '../core/command.ts'
import type { Account } from './accounts.ts'

/** A pending or granted approval by a second person. */
export type Approval = {
  account_key: string
  approval: string
  kind: 'compensation' | 'audit'
  subject: string
  /** ids of API keys */
  asked_by: string
  asked_at: Date
  approved_by: string | null
} & Pick<Account, 'account' | 'time_zone' | 'clock_now'>

const selectApproval = `select p.account_key, p.approval, p.kind, p.subject, p.asked_by, p.asked_at, p.approved_by, a.account,
    a.time_zone, c.now_at as clock_now
  from approvals p join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`

/** An approval of a product by its id, or null. */
export async function findApproval(db: Db, product: string, approval: string): Promise<Approval | null> {
  const { rows } = await db.query<Approval>(`${selectApproval} where p.product = $1 and p.approval = $2`, [
    product,
    approval,
  ])
  return rows[0] ?? null
}

/** The pending approvals of a product, oldest first. */
export async function listOpenApprovals(db: Db, product: string, limit: number): Promise<Approval[]> {
  const { rows } = await db.query<Approval>(
    `${selectApproval} where p.product = $1 and p.approved_by is null and a.closed_at is null
     order by p.asked_at, p.approval limit $2`,
    [product, limit],
  )
  return rows
}
