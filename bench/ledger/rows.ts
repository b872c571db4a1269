import type { AppConfig } from '../../config.ts'
import type { Policy } from '../../credits/policy.ts'
import type { Book } from '../../ledger/act.ts'
import { openBook } from '../../ledger/connect.ts'
import { openAccounts } from '../accounts.ts'
import { type Contender, contest, type Plan } from '../contest.ts'
import { closedLoop } from '../load.ts'
import { type Row, throughputRow } from '../rows.ts'
import { pairsOn } from './pairs.ts'
import { findPgbench, pgbench } from './pgbench.ts'
import { makePlainTables, plainTransactions } from './plain-transactions.ts'

const CONNECTIONS = 20
const ACCOUNTS = 1000
/** pgbench's advice: no fewer branches than connections, or they wait for each other's branch. */
const SCALE = 20

/** The ledger alone, beside plain transactions on the same PostgreSQL. */
export async function ledgerRows({ databaseUrl }: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const book = openBook(databaseUrl, CONNECTIONS)
  try {
    const accounts = await openAccounts(book, policy, 'ledger', ACCOUNTS)
    await makePlainTables(databaseUrl, SCALE)
    const program = findPgbench()
    const pairs = pairsOn(book, policy, accounts)
    const { ours, plain, real } = await contest(
      {
        ours: seconds => closedLoop({ clients: CONNECTIONS, work: pairs }, seconds),
        plain: plainContender(book),
        ...(program ? { real: pgbench(program, databaseUrl, CONNECTIONS) } : {}),
      },
      plan,
    )
    const heading = { name: 'ledger: reserve and commit' }
    const rows = [
      throughputRow({ ...heading, against: "pgbench's transaction, from Node", goal: 0.8 }, ours, plain),
    ]
    if (real) rows.push(throughputRow({ ...heading, against: 'pgbench -M prepared', goal: null }, ours, real))
    return rows
  } finally {
    await book.end()
  }
}

function plainContender(book: Book): Contender {
  return async seconds => {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => book.connect()))
    try {
      const work = plainTransactions(connections, SCALE)
      return await closedLoop({ clients: CONNECTIONS, work }, seconds)
    } finally {
      for (const connection of connections) connection.release()
    }
  }
}
