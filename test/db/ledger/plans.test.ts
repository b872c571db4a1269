import { connectDb } from '../../../db/core/connect.ts'
import { createDatabase } from '../../support/run/servers.ts'

// A connection plans a query at its first use, when the tables may be empty and without statistics.

it('a query by the whole primary key uses its index', async () => {
  const database = await createDatabase()
  const db = connectDb(database.url, 1)
  const { rows: keys } = await db.query(`
    select conrelid::regclass::text as table, conname as name, array_agg(attname::text) as columns,
      array_agg(format_type(atttypid, atttypmod)) as types
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
    where contype = 'p' and connamespace = current_schema()::regnamespace and array_length(conkey, 1) > 1 group by 1, 2`)
  const plans: [table: string, index: string][] = []
  // Without rows, the planner cannot tell that this index finds more of them.
  await db.query('drop index payment_references_by_reference')
  for (const { table, columns, types } of keys) {
    const conditions = columns.map((column: string, n: number) => `${column} = $${n + 1}`).join(' and ')
    await db.query(`prepare by_key (${types}) as select * from ${table} where ${conditions}`)
    const { rows } = await db.query(`explain (format json) execute by_key (${types.map(() => 'null')})`)
    await db.query('deallocate by_key')
    plans.push([table, rows[0]['QUERY PLAN'][0].Plan['Index Name']])
  }
  await db.end()
  await database.drop()
  expect(plans.filter(([table]) => table === 'holds')).toHaveLength(1)
  expect(plans).toEqual(keys.map(({ table, name }) => [table, name]))
})
