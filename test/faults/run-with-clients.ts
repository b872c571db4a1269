import type { Db } from '../../db/core/command.ts'
import { randomFrom } from '../support/random.ts'
import { waitFor } from '../support/wait-for.ts'
import {
  expectConsistent,
  listRecorded,
  openAccounts,
  runClient,
  sorted,
  waitForOpenHolds,
} from './client-operations.ts'
import { type ApiProcess, type ClientStats, retryingClient } from './retrying-client.ts'

const CLIENTS = 20

export type ClientReport = { stats: ClientStats; acknowledged: number; openHolds: number; summary: string }

/**
 * Runs 20 retrying clients during `run`. In the end the ledger holds exactly what was acknowledged, each error is
 * one of the contract, no hold is past its deadline, and the ledger verifies.
 * @param run gets the counts of the clients; they stop when it ends
 */
export async function runWithClients(
  { db, apis, seed }: { db: Db; apis: ApiProcess[]; seed: number },
  run: (stats: ClientStats) => Promise<void>,
): Promise<ClientReport> {
  const stats: ClientStats = { sent: 0, answered: 0, unavailable: 0, broken: 0, wrong: [] }
  const accounts = await openAccounts(retryingClient(apis, stats), CLIENTS)
  let stopped = false
  const clients = accounts.slice(1).map((own, client) => {
    const first = client % apis.length
    const calls = retryingClient([...apis.slice(first), ...apis.slice(0, first)], stats)
    return runClient(calls, { shared: accounts[0] ?? '', own, client }, randomFrom(seed + client), () => stopped)
  })
  await run(stats).finally(() => {
    stopped = true
  })
  const acknowledged = (await Promise.all(clients)).flat()
  const openHoldCount = await waitForOpenHolds(db)
  expect(stats.wrong).toEqual([])
  expect(sorted(await listRecorded(db))).toEqual(sorted(acknowledged))
  expect((await db.query(`select from holds where state = 'reserved' and deadline < now()`)).rowCount).toBe(0)
  await expectConsistent(db, retryingClient(apis, stats), accounts)
  const { sent, unavailable, broken } = stats
  const summary = [
    `${sent} requests, ${acknowledged.length} operations acknowledged, ${unavailable} requests answered with 503,`,
    `${broken} without an answer; ${openHoldCount} holds left to their deadlines`,
  ].join(' ')
  return { stats, acknowledged: acknowledged.length, openHolds: openHoldCount, summary }
}

/** Resolves after so many more answers, or 503s. */
export async function waitForMore(stats: ClientStats, what: 'answered' | 'unavailable', count: number): Promise<void> {
  const before = stats[what]
  await waitFor(`${count} more requests ${what}`, () => stats[what] >= before + count, Boolean, 120)
}
