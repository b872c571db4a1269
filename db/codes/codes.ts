import type { CodeState } from '../../domain/codes/purchase-codes.ts'
import type { CodeTerms } from '../../domain/codes/redemption.ts'
import type { RemainingCredits } from '../../domain/purchases/refund-terms.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { Grant } from '../ledger/lots/grant.ts'
import type { Lot } from '../ledger/lots/lots.ts'

/** A code as the book knows it: everything but its text. */
export type CodeRecord = {
  purchase: string
  issue: number
  secret_version: number
  state: CodeState
  terms: CodeTerms
  issued_at: Date
  settled_at: Date | null
  /** who redeemed it */
  account_key: string | null
  lot_id: number | null
}

/**
 * Redeems a code for the account of the act, once, whoever else tries at the same time (MY-06).
 * @param code its hash, hexadecimal, see hashOfCode; and the lot that the account is given
 * @throws Refused code_invalid, code_already_redeemed, code_replaced, code_refunded, account_closed
 */
export function redeemCode(
  db: Db,
  which: Command,
  code: { product: string; hash: string; lot: Grant },
): Promise<{ lot: Lot; totals: Totals } & Replayable> {
  const { product, hash } = code
  return command(db, 'redeem_code', which, { product, hash }, code)
}

/** A code about to be issued; `hash` is hexadecimal, see hashOfCode. */
export type NewCode = {
  product: string
  purchase: string
  issue: number
  secret_version: number
  hash: string
  terms: CodeTerms
}

const columns = `purchase, issue, secret_version, state, terms, issued_at, settled_at, account_key, lot_id`

/** The code of this hash, or null. */
export async function findCode(db: Db, product: string, hash: string): Promise<CodeRecord | null> {
  const { rows } = await db.query<CodeRecord>({
    name: 'find_code',
    text: `select ${columns} from codes where product = $1 and code_hash = decode($2, 'hex')`,
    values: [product, hash],
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

/** What the code of a purchase would still give, and what was given by it. */
export async function readRemainingCodeCredits(
  db: Db,
  product: string,
  purchase: string,
): Promise<RemainingCredits> {
  const code = await latestCode(db, product, purchase)
  const credits = code?.terms.credits ?? 0
  return code?.state === 'redeemed' ? { left: 0, used: credits } : { left: credits, used: 0 }
}
