import type { AuditReport, AuditState } from '../../domain/audits/report.ts'
import { type Account, selectAccounts } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'

/** An audit; its report is null until the first run ends. */
export type AuditRecord = {
  account_key: string
  audit: string
  state: AuditState
  asked_by: string
  asked_at: Date
  report: AuditReport | null
} & Pick<Account, 'account'>

/** A requested audit; `asked_by` is the id of an API key, or the schedule. */
export type AuditRequest = { account_key: string; product: string; audit: string; asked_by: string }

/** Records that an audit was requested, so that it is started again if its workflow is lost. */
export async function requestAudit(db: Db, { account_key, product, audit, asked_by }: AuditRequest, at: Date) {
  await db.query(
    `insert into audits (account_key, audit, product, state, asked_by, asked_at)
     values ($1, $2, $3, 'running', $4, $5) on conflict do nothing`,
    [account_key, audit, product, asked_by, at],
  )
}

/** Audits that wait for an approval, or were requested within a day and have not ended, in no particular order. @param now real time */
export async function listUnfinishedAudits(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ product: string; account: string; id: string; asked_by: string }[]> {
  const { rows } = await db.query<{ product: string; account: string; id: string; asked_by: string }>(
    `select u.product, a.account, u.audit as id, u.asked_by from audits u join accounts a using (account_key)
     where u.state in ('running', 'awaiting_approval') and a.closed_at is null
       and (u.state = 'awaiting_approval' or u.recorded_at > $1::timestamptz - interval '1 day')
     order by random() limit $2`,
    [now, limit],
  )
  return rows
}

/** Stores the state and report of an audit. */
export async function saveAudit(
  db: Db,
  { account_key, product, audit, asked_by }: AuditRequest,
  at: Date,
  state: AuditState,
  report: AuditReport,
): Promise<void> {
  await db.query(
    `insert into audits (account_key, audit, product, state, asked_by, asked_at, report)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_key, audit) do update set state = excluded.state, report = excluded.report`,
    [account_key, audit, product, state, asked_by, at, JSON.stringify(report)],
  )
}

/** An audit of a product by its id, or null. */
export async function findAudit(db: Db, product: string, audit: string): Promise<AuditRecord | null> {
  const { rows } = await db.query<AuditRecord>({
    name: 'find_audit',
    text: `select u.account_key, u.audit, u.state, u.asked_by, u.asked_at, u.report, a.account
      from audits u join accounts a using (account_key) where u.product = $1 and u.audit = $2`,
    values: [product, audit],
  })
  return rows[0] ?? null
}

/** The audits of an account that have a report, newest first. */
export async function listAudits(db: Db, account_key: string, limit: number): Promise<AuditRecord[]> {
  const { rows } = await db.query<AuditRecord>(
    `select u.account_key, u.audit, u.state, u.asked_by, u.asked_at, u.report, a.account
     from audits u join accounts a using (account_key)
     where u.account_key = $1 and u.report is not null order by u.recorded_at desc, u.audit limit $2`,
    [account_key, limit],
  )
  return rows
}

/** Requests a second person's approval of an audit's corrections. */
export async function requestAuditApproval(
  db: Db,
  { account_key, product, audit, asked_by }: AuditRequest,
  approval: string,
  at: Date,
): Promise<void> {
  await db.query(
    `insert into approvals (account_key, approval, product, kind, subject, asked_by, asked_at)
     values ($1, $2, $3, 'audit', $4, $5, $6) on conflict do nothing`,
    [account_key, approval, product, audit, asked_by, at],
  )
}

/** The next open accounts of a product after a position. */
export async function accountsAfter(
  db: Db,
  product: string,
  position: string | null,
  limit: number,
): Promise<Account[]> {
  const { rows } = await db.query<Account>(
    `${selectAccounts}
     where a.product = $1 and a.account_key > $2 and a.closed_at is null order by a.account_key limit $3`,
    [product, position ?? '00000000-0000-0000-0000-000000000000', limit],
  )
  return rows
}

/** Stores the number of an account's open findings and their credits. */
export async function saveAuditResult(
  db: Db,
  { account_key, product }: Pick<AuditRequest, 'account_key' | 'product'>,
  realNow: Date,
  { findings }: AuditReport,
): Promise<void> {
  const open = findings.filter(({ repaired }) => !repaired)
  const credits = open.reduce((sum, finding) => sum + finding.credits, 0)
  await db.query(
    `insert into audit_results (account_key, product, audited_at, findings, credits) values ($1, $2, $3, $4, $5)
     on conflict (account_key) do update set
       audited_at = excluded.audited_at, findings = excluded.findings, credits = excluded.credits`,
    [account_key, product, realNow, open.length, credits],
  )
}

/** The open findings of a product's last audits. */
export type Drift = {
  product: string
  accounts_with_findings: number
  /** of the open findings */
  drift_credits: number
}

/** The drift of each product that has open findings. */
export async function listDrift(db: Db): Promise<Drift[]> {
  const { rows } = await db.query<Drift>(
    `select product, count(*) as accounts_with_findings, sum(credits) as drift_credits from audit_results
     where findings > 0 group by product order by product`,
  )
  return rows
}
