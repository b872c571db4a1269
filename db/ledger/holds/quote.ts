import type { Plan } from '../../../domain/generations/reservation.ts'
import type { Refusal } from '../../../domain/shared/refusals.ts'
import type { Account } from '../../accounts/accounts.ts'
import type { Db, Totals } from '../../core/command.ts'

export type Quote = {
  refusal: Refusal | null
  draws: { lot: string; source: string; amount: number }[]
  totals: Totals
}

/** The draws that a reservation would make now, or its refusal. Writes nothing. */
export async function quote(db: Db, account: Account, at: Date, plan: Plan): Promise<Quote> {
  const { rows } = await db.query<{ quote: Quote }>({
    name: 'quote',
    text: 'select quote($1, $2, $3) as quote',
    values: [account.account_key, at, JSON.stringify(plan)],
  })
  if (!rows[0]) throw new Error('quote returned no result')
  return rows[0].quote
}
