import type { Target } from '../generations/generation-load.ts'
import type { Child } from '../processes/child.ts'
import type { Bench } from '../setup/bench.ts'
import { runSql } from '../setup/servers.ts'

const TASK_QUEUE = 'by-the-book'

/** Starts the service that one would write oneself, in its own schema, with these accounts. */
export async function startByTheBook(
  bench: Bench,
  accounts: string[],
): Promise<{ service: Child<{ url: string }>; target: Target }> {
  const { databaseUrl, temporalAddress } = bench.config
  await runSql(
    databaseUrl,
    'create schema by_the_book',
    'create table by_the_book.accounts (account text primary key, balance integer not null check (balance >= 0))',
    `create table by_the_book.generations
      (id text primary key, account text not null references by_the_book.accounts, cost integer not null, state text not null)`,
    `insert into by_the_book.accounts select account, 1000000000 from unnest('{${accounts.join(',')}}'::text[]) account`,
  )
  const service = await bench.startChild<{ url: string }>('by-the-book/service', [
    databaseUrl,
    temporalAddress,
    TASK_QUEUE,
  ])
  return { service, target: { ...service.ready, key: '', accounts } }
}
