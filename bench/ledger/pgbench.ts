import { execFile, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import type pg from 'pg'
import type { Candidate } from '../measure/compare.ts'
import type { Operation } from '../measure/load.ts'
import { runSql } from '../setup/servers.ts'

const DEBIAN_FOLDER = '/usr/lib/postgresql'

/** Finds `pgbench` on PATH or in Debian's folder. */
export function findPgbench(): string | undefined {
  return ['pgbench', ...debianPrograms()].find(program => spawnSync(program, ['--version']).status === 0)
}

/** Runs the standard transaction of pgbench on its tables, which must exist. */
export function pgbench(program: string, databaseUrl: string, clients: number): Candidate {
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`]
  return async seconds => {
    const time = `--time=${Math.ceil(seconds)}`
    const { stdout } = await promisify(execFile)(program, [...options, time, databaseUrl])
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
    if (!tps) throw new Error(`pgbench printed no throughput:\n${stdout}`)
    return { per_second: Number(tps), latencies_ms: [] }
  }
}

function debianPrograms(): string[] {
  try {
    return readdirSync(DEBIAN_FOLDER).map(version => `${DEBIAN_FOLDER}/${version}/bin/pgbench`)
  } catch {
    return []
  }
}

/** Accounts and tellers per branch, as in pgbench. */
const ACCOUNTS = 100_000
const TELLERS = 10

/** Creates and fills the tables of pgbench, as `pgbench --initialize` does. */
export function createPgbenchTables(databaseUrl: string, scale: number): Promise<void> {
  return runSql(
    databaseUrl,
    /* sql */ `
      create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
      create table pgbench_tellers (tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
      create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor = 100);
      create table pgbench_branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100);
      insert into pgbench_branches select n, 0 from generate_series(1, ${scale}) n;
      insert into pgbench_tellers select n, (n - 1) / ${TELLERS} + 1, 0 from generate_series(1, ${scale * TELLERS}) n;
      insert into pgbench_accounts select n, (n - 1) / ${ACCOUNTS} + 1, 0, '' from generate_series(1, ${scale * ACCOUNTS}) n;
      alter table pgbench_branches add primary key (bid);
      alter table pgbench_tellers add primary key (tid);
      alter table pgbench_accounts add primary key (aid)`,
    'vacuum analyze pgbench_branches, pgbench_tellers, pgbench_accounts',
    'checkpoint',
  )
}

const statements = {
  add_to_account: 'update pgbench_accounts set abalance = abalance + $1 where aid = $2',
  read_account: 'select abalance from pgbench_accounts where aid = $1',
  add_to_teller: 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2',
  add_to_branch: 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2',
  record: 'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
}

/** The standard transaction of pgbench ("TPC-B (sort of)") by prepared statements, one connection per client. */
export function pgbenchTransaction(connections: pg.PoolClient[], scale: number): Operation {
  const upTo = (n: number) => 1 + Math.floor(Math.random() * n)
  return async client => {
    const db = connections[client] as pg.PoolClient
    const run = (name: keyof typeof statements, ...values: number[]) =>
      db.query({ name, text: statements[name], values })
    const [aid, bid, tid] = [upTo(ACCOUNTS * scale), upTo(scale), upTo(TELLERS * scale)]
    const delta = upTo(10_001) - 5_001
    await db.query('begin')
    await run('add_to_account', delta, aid)
    await run('read_account', aid)
    await run('add_to_teller', delta, tid)
    await run('add_to_branch', delta, bid)
    await run('record', tid, bid, aid, delta)
    await db.query('commit')
  }
}
