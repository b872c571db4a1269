import type { RemainingCredits } from '../../domain/purchases/refunds/terms.ts'
import type { Db } from '../core/command.ts'
import { type PurchaseRecord, readRemainingCredits } from '../purchases/purchases.ts'
import { readRemainingCodeCredits } from './codes.ts'

/** The credits of a purchase that are left and used, in lots or in its code. @param at ISO 8601 */
export function readUnusedCredits(
  db: Db,
  { product, purchase, account_key, status }: Pick<PurchaseRecord, 'product' | 'purchase' | 'account_key' | 'status'>,
  at: string,
): Promise<RemainingCredits> {
  if (status.code) return readRemainingCodeCredits(db, product, purchase)
  return readRemainingCredits(db, account_key, purchase, new Date(at))
}
