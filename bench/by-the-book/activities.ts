import { ApplicationFailure } from '@temporalio/activity'
import type { Knex } from 'knex'

export type Generation = { id: string; account: string; cost: number; state: 'reserved' | 'committed' | 'released' }

export type Activities = ReturnType<typeof createActivities>

/** One row per account with its balance, one per generation; each activity is a transaction, and safe to retry. */
export function createActivities(db: Knex) {
  return {
    reserve: ({ id, account, cost }: Omit<Generation, 'state'>): Promise<Generation> =>
      db.transaction(async trx => {
        const known = await trx<Generation>('generations').where({ id }).first()
        if (known) return known
        const row = await trx('accounts').where({ account }).forUpdate().first()
        if (!row || row.balance < cost) throw ApplicationFailure.nonRetryable('insufficient credits')
        await trx('accounts')
          .where({ account })
          .update({ balance: row.balance - cost })
        const reserved: Generation = { id, account, cost, state: 'reserved' }
        await trx('generations').insert(reserved)
        return reserved
      }),

    commit: (id: string): Promise<Generation> =>
      db.transaction(async trx => {
        const found = await trx<Generation>('generations').where({ id }).forUpdate().first()
        if (!found) throw ApplicationFailure.nonRetryable('unknown generation')
        if (found.state === 'reserved') await trx('generations').where({ id }).update({ state: 'committed' })
        return { ...found, state: 'committed' }
      }),

    release: (id: string): Promise<void> =>
      db.transaction(async trx => {
        const found = await trx<Generation>('generations').where({ id, state: 'reserved' }).forUpdate().first()
        if (!found) return
        await trx('generations').where({ id }).update({ state: 'released' })
        await trx('accounts').where({ account: found.account }).increment('balance', found.cost)
      }),
  }
}
