import { Client, Connection } from '@temporalio/client'
import { createKey } from '../../api/auth.ts'
import type { AppConfig } from '../../config.ts'
import type { Policy } from '../../credits/policy.ts'
import { openBook } from '../../ledger/connect.ts'
import { openAccounts } from '../accounts.ts'
import { startChild } from '../child.ts'
import { contest, type Plan } from '../contest.ts'
import { closedLoop } from '../load.ts'
import { latencyRow, type Row, throughputRow } from '../rows.ts'
import { emptyWorkflows } from './empty-workflows.ts'
import { generationsOverHttp } from './over-http.ts'

const CLIENTS = 10
const ACCOUNTS = 100
const EMPTY_QUEUE = 'empty'

/**
 * Generations over HTTP beside empty workflows on the same Temporal server. On both sides the load comes from this
 * process and the worker runs in another one, ours together with the API.
 */
export async function generationRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const { key, accounts } = await prepare(config, policy)
  const lotkeeper = await startChild<{ url: string }>('lotkeeper.ts', [JSON.stringify(config)])
  const emptyWorker = await startChild('empty-worker.ts', [config.temporalAddress, EMPTY_QUEUE])
  const connection = await Connection.connect({ address: config.temporalAddress })
  const client = new Client({ connection, namespace: config.temporalNamespace })
  const sideBySide = (clients: number) => {
    const ours = generationsOverHttp(lotkeeper.ready.url, key, accounts, clients)
    const theirs = emptyWorkflows(client, EMPTY_QUEUE, clients)
    return contest(
      { ours: seconds => closedLoop(ours, seconds), empty: seconds => closedLoop(theirs, seconds) },
      plan,
    )
  }
  try {
    const loaded = await sideBySide(CLIENTS)
    const unloaded = await sideBySide(1)
    const against = 'empty workflow'
    return [
      throughputRow({ name: 'generations over HTTP', against, goal: 0.8 }, loaded.ours, loaded.empty),
      latencyRow(
        { name: 'p50 of reserve, 1 client', against, goal: null },
        0.5,
        unloaded.ours,
        unloaded.empty,
      ),
      latencyRow(
        { name: 'p95 of reserve, 1 client', against, goal: null },
        0.95,
        unloaded.ours,
        unloaded.empty,
      ),
    ]
  } finally {
    await connection.close()
    await emptyWorker.stop()
    await lotkeeper.stop()
  }
}

async function prepare({ databaseUrl }: AppConfig, policy: Policy) {
  const book = openBook(databaseUrl, 10)
  try {
    const { key } = await createKey(book, policy.product, { name: 'bench', scope: 'generate' })
    return { key, accounts: await openAccounts(book, policy, 'generations', ACCOUNTS) }
  } finally {
    await book.end()
  }
}
