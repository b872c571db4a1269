import { createHash } from 'node:crypto'
import { encodeBits } from '../codes/codes.ts'
import type { Policy } from '../policy/policy.ts'
import { type Purchase, transferUntil } from './purchase.ts'

/** Fits into the shortest field that banks have for it, and is unlikely to be given twice. */
const REFERENCE_LENGTH = 8

/** The reference by which a transfer names its purchase. */
export function transferReference(purchase: string): string {
  const digest = createHash('sha256').update(purchase).digest('hex')
  return encodeBits(BigInt(`0x${digest}`), REFERENCE_LENGTH)
}

export type BankTransfer = NonNullable<Policy['purchases']['bank_account']> & {
  reference: string
  /** in minor units */
  amount: number
  currency: string
  /** when the order expires; a later transfer is still credited */
  due_at: string
}

/** Where to send the money of an unpaid purchase, and what to write (KV-18); null if it is not paid by bank transfer. */
export function transferOf({ purchases }: Policy, id: string, purchase: Purchase): BankTransfer | null {
  const { provider, state, amount, currency } = purchase
  if (provider !== 'bank_transfer' || state !== 'awaiting_payment' || !purchases.bank_account) return null
  return {
    ...purchases.bank_account,
    reference: transferReference(id),
    amount,
    currency,
    due_at: transferUntil(purchase),
  }
}

/** The references of a purchase's payments, as the bank gave them; its own reference where nothing else is known. */
export function bankReferences(purchase: string, references: string[]): string[] {
  const own = transferReference(purchase)
  const others = references.filter(reference => reference !== own)
  return others.length > 0 ? others : references
}
