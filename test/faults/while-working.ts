import type { Db } from '../../db/core/command.ts'
import { randomFrom } from '../support/random.ts'
import { waitFor } from '../support/wait-for.ts'
import { type ApiProcess, type ClientStats, retryingClient } from './retrying-client.ts'
import { expectWhole, openAccounts, recordedWork, sorted, stillHeld, work } from './working-clients.ts'

const CLIENTS = 20

export type Worked = { stats: ClientStats; acknowledged: number; stillHeld: number; said: string }

/**
 * Has 20 insistent clients work while something happens to what they work with. What was acknowledged is on the book in
 * the end, once, and nothing else is; each error was one of the contract's; nothing is held past its time; the book is whole.
 * @param happens is told what the clients go through; they stop when it ends
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

/** Resolves when clients were answered, or turned away, so many times more. */
export async function growsBy(
  stats: ClientStats,
  what: 'answered' | 'turnedAway',
  count: number,
): Promise<void> {
  const before = stats[what]
  await waitFor(`${count} more requests ${what}`, () => stats[what] >= before + count, Boolean, 120)
}
