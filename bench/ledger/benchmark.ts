import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { type Contender, contest } from '../measure/compare.ts'
import { type Choice, zipfian } from '../measure/distributions.ts'
import { closedLoop } from '../measure/load.ts'
import { latencyRow, type Row, throughputRow } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { giveLots, openAccounts } from '../setup/accounts.ts'
import { findPgbench, pgbench } from './pgbench.ts'
import { makePlainTables, plainTransactions } from './pgbench-transaction.ts'
import { pairsOn } from './reserve-and-commit.ts'

const CONNECTIONS = 20
const ACCOUNTS = 1000
const CROWD = 50
/** pgbench's advice: no fewer branches than connections, or they wait for each other's branch. */
const SCALE = 20

/** The ledger alone, beside plain transactions on the same PostgreSQL, and beside itself where it is harder. */
export async function ledgerRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const db = connectDb(config.databaseUrl, CONNECTIONS)
  try {
    const accounts = await openAccounts(db, policy, 'ledger', ACCOUNTS)
    const on = (names: string[], clients: number, choose?: Choice): Contender => {
      const load = { clients, work: pairsOn(db, policy, names, choose) }
      return seconds => closedLoop(load, seconds)
    }
    return [
      ...(await besidePlainTransactions(config, db, on(accounts, CONNECTIONS), plan)),
      ...(await besideHotAccounts(
        {
          uniform: on(accounts, CROWD),
          zipfian: on(accounts, CROWD, zipfian(ACCOUNTS)),
          hot: on(accounts.slice(0, 1), CROWD),
        },
        plan,
      )),
      ...(await besideManyLots(db, policy, on, plan)),
    ]
  } finally {
    await db.end()
  }
}

async function besidePlainTransactions(
  { databaseUrl }: AppConfig,
  db: Db,
  pairs: Contender,
  plan: Plan,
): Promise<Row[]> {
  await makePlainTables(databaseUrl, SCALE)
  const program = findPgbench()
  const { ours, plain, real } = await contest(
    {
      ours: pairs,
      plain: plainContender(db),
      ...(program ? { real: pgbench(program, databaseUrl, CONNECTIONS) } : {}),
    },
    plan,
  )
  const heading = { name: `ledger: reserve and commit, ${CONNECTIONS} clients` }
  const rows = [
    throughputRow({ ...heading, against: "pgbench's transaction, from Node", goal: 0.9 }, ours, plain),
  ]
  if (real) rows.push(throughputRow({ ...heading, against: 'pgbench -M prepared', goal: null }, ours, real))
  return rows
}

async function besideHotAccounts(
  contenders: Record<'uniform' | 'zipfian' | 'hot', Contender>,
  plan: Plan,
): Promise<Row[]> {
  const { uniform, zipfian, hot } = await contest(contenders, plan)
  const against = `${ACCOUNTS} accounts alike`
  return [
    throughputRow({ name: `ledger: one hot account, ${CROWD} clients`, against, goal: 0.5 }, hot, uniform),
    throughputRow(
      { name: `ledger: accounts by Zipf, ${CROWD} clients`, against, goal: null },
      zipfian,
      uniform,
    ),
  ]
}

async function besideManyLots(
  db: Db,
  policy: Policy,
  on: (names: string[], clients: number) => Contender,
  plan: Plan,
): Promise<Row[]> {
  const few = await openAccounts(db, policy, 'few-lots', 1)
  const many = await openAccounts(db, policy, 'many-lots', 1)
  await giveLots(db, policy, many[0] as string, plan.lots)
  const samples = await contest({ few: on(few, 1), many: on(many, 1) }, plan)
  const heading = {
    name: `ledger: p50 of reserve, ${plan.lots} lots`,
    against: 'a lot of each source',
    goal: 1.2,
  }
  return [latencyRow(heading, 0.5, samples.many, samples.few)]
}

function plainContender(db: Db): Contender {
  return async seconds => {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => db.connect()))
    try {
      const work = plainTransactions(connections, SCALE)
      return await closedLoop({ clients: CONNECTIONS, work }, seconds)
    } finally {
      for (const connection of connections) connection.release()
    }
  }
}
