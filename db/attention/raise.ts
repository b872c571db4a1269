import { type Attention, raisedIn } from '../../domain/shared/attention.ts'
import type { Db } from '../core/command.ts'

/** What a person must look at. */
export type AttentionSubject = {
  product: string
  subject: 'purchase' | 'membership' | 'generation' | 'audit' | 'closure' | 'webhook_endpoint' | 'emails' | 'poll'
  id: string
  /** null if it is about no account */
  account_key: string | null
}

/** Raises attention; a reason that is raised already keeps its time. @param text messages made by `attention()`, a line each */
export async function raiseAttention(db: Db, about: AttentionSubject, text: string, at: Date): Promise<void> {
  await db.query('select raise_attention($1, $2, $3, $4, $5, $6)', argumentsOf(about, text, at))
}

/** Raises these messages and removes all others of the subject. @param text null removes all */
export async function keepAttention(db: Db, about: AttentionSubject, text: string | null, at: Date): Promise<void> {
  await db.query('select keep_attention($1, $2, $3, $4, $5, $6)', argumentsOf(about, text, at))
}

/** Removes what was raised for one of these reasons. */
export async function clearAttention(
  db: Db,
  { product, subject, id }: AttentionSubject,
  kinds: readonly Attention[],
): Promise<void> {
  await db.query({
    name: 'clear_attention',
    text: 'delete from attention where product = $1 and subject = $2 and subject_id = $3 and kind = any($4)',
    values: [product, subject, id, kinds],
  })
}

/** Removes what was raised for earlier audits of an account: a new one finds what is still wrong. */
export async function clearAuditAttention(db: Db, account_key: string): Promise<void> {
  await db.query(`delete from attention where account_key = $1 and subject = 'audit'`, [account_key])
}

function argumentsOf({ product, subject, id, account_key }: AttentionSubject, text: string | null, at: Date) {
  return [product, subject, id, account_key, JSON.stringify(raisedIn(text)), at]
}
