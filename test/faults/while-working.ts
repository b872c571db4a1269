import type { Db } from '../../db/core/command.ts'
import { until } from '../support/until.ts'
import { randomFrom } from './disturbances.ts'
import { type Door, type Experience, insistent } from './insistent.ts'
import { expectWhole, onTheBook, openAccounts, sorted, stillHeld, work } from './working-clients.ts'

const CLIENTS = 20

export type Worked = { experience: Experience; acknowledged: number; stillHeld: number; said: string }

/**
 * Has 20 insistent clients work while something happens to what they work with. What was acknowledged is on the book in
 * the end, once, and nothing else is; each error was one of the contract's; nothing is held past its time; the book is whole.
 * @param happens is told what the clients go through; they stop when it ends
 */
export async function whileWorking(
  { db, doors, seed }: { db: Db; doors: Door[]; seed: number },
  happens: (experience: Experience) => Promise<void>,
): Promise<Worked> {
  const experience: Experience = { sent: 0, answered: 0, turnedAway: 0, broken: 0, wrong: [] }
  const accounts = await openAccounts(insistent(doors, experience), CLIENTS)
  let enough = false
  const clients = accounts.slice(1).map((own, client) => {
    const first = client % doors.length
    const calls = insistent([...doors.slice(first), ...doors.slice(0, first)], experience)
    return work(calls, { shared: accounts[0] ?? '', own, client }, randomFrom(seed + client), () => enough)
  })
  await happens(experience).finally(() => {
    enough = true
  })
  const acknowledged = (await Promise.all(clients)).flat()
  const late = await stillHeld(db)
  expect(experience.wrong).toEqual([])
  expect(sorted(await onTheBook(db))).toEqual(sorted(acknowledged))
  expect((await db.query(`select from holds where state = 'reserved' and deadline < now()`)).rowCount).toBe(0)
  await expectWhole(db, insistent(doors, experience), accounts)
  const { sent, turnedAway, broken } = experience
  const said = [
    `${sent} requests, ${acknowledged.length} pieces of work acknowledged, ${turnedAway} requests turned away with 503,`,
    `${broken} broken; ${late} held for who gave up`,
  ].join(' ')
  return { experience, acknowledged: acknowledged.length, stillHeld: late, said }
}

/** Resolves when clients were answered, or turned away, so many times more. */
export async function growsBy(
  experience: Experience,
  what: 'answered' | 'turnedAway',
  count: number,
): Promise<void> {
  const before = experience[what]
  await until(() => experience[what] >= before + count)
}
