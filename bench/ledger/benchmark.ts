import type { Db } from '../../db/core/command.ts'
import { type Candidate, compare } from '../measure/compare.ts'
import { closedLoop, type Sampler, zipfian } from '../measure/load.ts'
import { latency, type Result, throughput } from '../measure/results.ts'
import { createAccounts, grantLots } from '../setup/accounts.ts'
import type { Bench } from '../setup/bench.ts'
import { createPgbenchTables, findPgbench, pgbench, pgbenchTransaction } from './pgbench.ts'
import { reserveAndCommit } from './reserve-and-commit.ts'

const CONNECTIONS = 20
const ACCOUNTS = 1000
const CONTENDING_CLIENTS = 50
/** Number of branches; with fewer than connections, transactions would wait for each other's branch (pgbench's manual). */
const SCALE = 20

type LoadOn = (accounts: string[], clients: number, nextAccount?: Sampler) => Candidate

/** The ledger alone, compared with plain transactions on the same PostgreSQL, and with itself in harder cases. */
export async function benchmarkLedger(bench: Bench): Promise<Result[]> {
  const { policy } = bench
  const db = bench.connectDb(CONNECTIONS)
  const accounts = await createAccounts(db, policy, 'ledger', ACCOUNTS)
  const loadOn: LoadOn = (accounts, clients, nextAccount) => {
    const load = { clients, operation: reserveAndCommit(db, policy, accounts, nextAccount) }
    return seconds => closedLoop(load, seconds)
  }
  return [
    ...(await compareWithPgbench(bench, db, loadOn(accounts, CONNECTIONS))),
    ...(await compareHotAccounts(bench, loadOn, accounts)),
    ...(await compareManyLots(bench, db, loadOn)),
  ]
}

async function compareWithPgbench({ config, plan }: Bench, db: Db, ours: Candidate): Promise<Result[]> {
  await createPgbenchTables(config.databaseUrl, SCALE)
  const program = findPgbench()
  const samples = await compare(
    {
      ours,
      fromNode: pgbenchFromNode(db),
      ...(program ? { pgbench: pgbench(program, config.databaseUrl, CONNECTIONS) } : {}),
    },
    plan,
  )
  const name = `ledger: reserve and commit, ${CONNECTIONS} clients`
  const results = [
    throughput({ name, against: "pgbench's transaction, from Node", goal: 0.9 }, samples.ours, samples.fromNode),
  ]
  if (samples.pgbench)
    results.push(throughput({ name, against: 'pgbench -M prepared', goal: null }, samples.ours, samples.pgbench))
  return results
}

async function compareHotAccounts({ plan }: Bench, loadOn: LoadOn, accounts: string[]): Promise<Result[]> {
  const { uniform, zipf, hot } = await compare(
    {
      uniform: loadOn(accounts, CONTENDING_CLIENTS),
      zipf: loadOn(accounts, CONTENDING_CLIENTS, zipfian(ACCOUNTS)),
      hot: loadOn(accounts.slice(0, 1), CONTENDING_CLIENTS),
    },
    plan,
  )
  const against = `${ACCOUNTS} accounts, uniform`
  const clients = `${CONTENDING_CLIENTS} clients`
  return [
    throughput({ name: `ledger: one hot account, ${clients}`, against, goal: 0.5 }, hot, uniform),
    throughput({ name: `ledger: accounts by Zipf, ${clients}`, against, goal: null }, zipf, uniform),
  ]
}

async function compareManyLots({ policy, plan }: Bench, db: Db, loadOn: LoadOn): Promise<Result[]> {
  const few = await createAccounts(db, policy, 'few-lots', 1)
  const many = await createAccounts(db, policy, 'many-lots', 1)
  await grantLots(db, policy, many[0] as string, plan.lots)
  const samples = await compare({ few: loadOn(few, 1), many: loadOn(many, 1) }, plan)
  const name = `ledger: p50 of reserve, ${plan.lots} lots`
  return [latency({ name, against: 'one lot per source', goal: 1.2 }, 0.5, samples.many, samples.few)]
}

function pgbenchFromNode(db: Db): Candidate {
  return async seconds => {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => db.connect()))
    try {
      const operation = pgbenchTransaction(connections, SCALE)
      return await closedLoop({ clients: CONNECTIONS, operation }, seconds)
    } finally {
      for (const connection of connections) connection.release()
    }
  }
}
