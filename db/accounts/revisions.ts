import type { Db } from '../core/command.ts'

/** A text per account that changes whenever its ledger, memberships, purchases or clock change. */
export async function readRevisions(db: Db, account_keys: string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ account_key: string; revision: string }>({
    name: 'read_revisions',
    text: `select a.account_key, concat_ws(' ', a.last_entry, a.held, a.member_until, a.closed_at, c.now_at,
        (select sum(revision) from memberships m where m.account_key = a.account_key),
        (select sum(revision) from purchases p where p.account_key = a.account_key)) as revision
      from accounts a left join test_clocks c on c.id = a.test_clock where a.account_key = any($1)`,
    values: [account_keys],
  })
  return new Map(rows.map(({ account_key, revision }) => [account_key, revision]))
}
