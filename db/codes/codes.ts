import type { CodeState } from '../../domain/codes/purchase-codes.ts'
import type { CodeTerms } from '../../domain/codes/redemption.ts'
import type { RemainingCredits } from '../../domain/purchases/refunds/terms.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { Grant } from '../ledger/lots/grant.ts'
import type { Lot } from '../ledger/lots/lots.ts'

/** A code without its text, of which only a hash is stored. */
export type CodeRecord = {
  /** hexadecimal */
  hash: string
  purchase: string
  issue: number
  secret_version: number
  state: CodeState
  terms: CodeTerms
  issued_at: Date
  settled_at: Date | null
  /** the account that redeemed it */
  account_key: string | null
  redeemed_by: string | null
  lot_id: number | null
}

/**
 * Redeems a code for an account, once (MY-06).
 * @param code its hexadecimal hash (see hashOfCode) and the lot to grant
 * @throws Refused code_invalid, code_already_redeemed, code_replaced, code_refunded, account_closed
 */
export function redeemCode(
  db: Db,
  ref: Command,
  code: { product: string; hash: string; lot: Grant },
): Promise<{ lot: Lot; totals: Totals } & Replayable> {
  const { product, hash } = code
  return command(db, 'redeem_code', ref, { product, hash }, code)
}

/** A code to issue; `hash` is hexadecimal, see hashOfCode. */
export type NewCode = {
  product: string
  purchase: string
  issue: number
  secret_version: number
  hash: string
  terms: CodeTerms
}

const columns = `encode(code_hash, 'hex') as hash, purchase, issue, secret_version, state, terms, issued_at, settled_at, account_key, lot_id,
  (select a.account from accounts a where a.account_key = codes.account_key) as redeemed_by`

/** The code of a typed entry, or null. @param hashes see hashesOfEntry */
export async function findCode(db: Db, product: string, hashes: string[]): Promise<CodeRecord | null> {
  const { rows } = await db.query<CodeRecord>({
    name: 'find_code',
    text: `select ${columns} from codes
      where product = $1 and code_hash = any (array(select decode(h, 'hex') from unnest($2::text[]) h)) limit 1`,
    values: [product, hashes],
  })
  return rows[0] ?? null
}

/** The code of a purchase that was issued last, or null. */
export async function latestCode(db: Db, product: string, purchase: string): Promise<CodeRecord | null> {
  const { rows } = await db.query<CodeRecord>({
    name: 'latest_code',
    text: `select ${columns} from codes where product = $1 and purchase = $2 order by issue desc limit 1`,
    values: [product, purchase],
  })
  return rows[0] ?? null
}

/** The credits that a purchase's code has left to grant, and those it granted. */
export async function readRemainingCodeCredits(db: Db, product: string, purchase: string): Promise<RemainingCredits> {
  const code = await latestCode(db, product, purchase)
  const credits = code?.terms.credits ?? 0
  if (code?.state !== 'redeemed') return { left: credits, used: 0 }
  const { rows } = await db.query<{ spent: number; kept: number }>(
    'select spent + held as spent, available as kept from lots where account_key = $1 and lot_id = $2',
    [code.account_key, code.lot_id],
  )
  return { left: 0, used: credits, ...(rows[0] ?? { spent: credits, kept: 0 }) }
}

/** The table in which wrong codes are counted (rate-limiter-flexible reads and writes it). */
export const codeAttemptsTable = 'code_attempts'

/** Deletes the counters whose window has passed. */
export async function deleteExpiredAttempts(db: Db, now: Date): Promise<void> {
  await db.query(`delete from ${codeAttemptsTable} where expire < $1`, [now.getTime()])
}

/** Whether the email of this key was sent; it is sent once. */
export async function isEmailSent(db: Db, account_key: string, email_key: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from sent_emails where account_key = $1 and email_key = $2', [
    account_key,
    email_key,
  ])
  return rowCount === 1
}

/** Stores that an email was sent. */
export async function storeSentEmail(
  db: Db,
  account_key: string,
  email_key: string,
  message_id: string,
): Promise<void> {
  await db.query(
    'insert into sent_emails (account_key, email_key, message_id) values ($1, $2, $3) on conflict do nothing',
    [account_key, email_key, message_id],
  )
}
