import type { Db } from '../../db/core/command.ts'
import { randomFrom } from '../support/random.ts'
import { waitFor } from '../support/wait-for.ts'
import { type ApiProcess, type ClientStats, retryingClient } from './retrying-client.ts'
import { expectWhole, openAccounts, recordedWork, sorted, stillHeld, work } from './working-clients.ts'

const CLIENTS = 20

export type Worked = { stats: ClientStats; acknowledged: number; stillHeld: number; said: string }

/**
 * Runs 20 retrying clients during `happens`. In the end the ledger holds exactly what was acknowledged, each error is
 * one of the contract, no hold is past its deadline, and the ledger verifies.
 * @param happens gets the counts of the clients, which stop when it ends
 */
export async function whileWorking(
  { db, apis, seed }: { db: Db; apis: ApiProcess[]; seed: number },
  happens: (stats: ClientStats) => Promise<void>,
): Promise<Worked> {
  const stats: ClientStats = { sent: 0, answered: 0, turnedAway: 0, broken: 0, wrong: [] }
  const accounts = await openAccounts(retryingClient(apis, stats), CLIENTS)
  let enough = false
  const clients = accounts.slice(1).map((own, client) => {
    const first = client % apis.length
    const calls = retryingClient([...apis.slice(first), ...apis.slice(0, first)], stats)
    return work(calls, { shared: accounts[0] ?? '', own, client }, randomFrom(seed + client), () => enough)
  })
  await happens(stats).finally(() => {
    enough = true
  })
  const acknowledged = (await Promise.all(clients)).flat()
  const late = await stillHeld(db)
  expect(stats.wrong).toEqual([])
  expect(sorted(await recordedWork(db))).toEqual(sorted(acknowledged))
  expect((await db.query(`select from holds where state = 'reserved' and deadline < now()`)).rowCount).toBe(0)
  await expectWhole(db, retryingClient(apis, stats), accounts)
  const { sent, turnedAway, broken } = stats
  const said = [
    `${sent} requests, ${acknowledged.length} pieces of work acknowledged, ${turnedAway} requests turned away with 503,`,
    `${broken} broken; ${late} held for who gave up`,
  ].join(' ')
  return { stats, acknowledged: acknowledged.length, stillHeld: late, said }
}

/** Resolves after so many more answers, or 503s. */
export async function growsBy(stats: ClientStats, what: 'answered' | 'turnedAway', count: number): Promise<void> {
  const before = stats[what]
  await waitFor(`${count} more requests ${what}`, () => stats[what] >= before + count, Boolean, 120)
}
