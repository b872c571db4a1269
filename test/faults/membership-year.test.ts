import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { createKey } from '../../api/auth.ts'
import { startApi } from '../../api/start.ts'
import { readConfig } from '../../config.ts'
import type { Book } from '../../ledger/act.ts'
import { openBook } from '../../ledger/connect.ts'
import { verify } from '../../ledger/verify.ts'
import { startWorker } from '../../worker/start.ts'
import { type CuttableLine, startLine } from '../support/cuttable-line.ts'
import { type Answer, type Caller, caller } from '../support/lotkeeper.ts'
import { createDatabase, temporalAddress, workflowBundle } from '../support/servers.ts'
import { startTimeline } from '../support/timeline.ts'

const SEED = Math.floor(Math.random() * 2 ** 32)
const DISTURBANCES = 8

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Our programs between servers of this run, each of which can be taken away. */
class House {
  private readonly worker: () => ReturnType<typeof startWorker>
  private running: ReturnType<typeof startWorker>
  readonly kvidai: Caller
  readonly book: Book
  readonly line: CuttableLine
  private readonly ends: () => Promise<unknown>

  private constructor(
    parts: Pick<House, 'kvidai' | 'book' | 'line'> & { worker: House['worker']; ends: House['ends'] },
  ) {
    this.kvidai = parts.kvidai
    this.book = parts.book
    this.line = parts.line
    this.worker = parts.worker
    this.ends = parts.ends
    this.running = this.worker()
  }

  static async build(): Promise<House> {
    const database = await createDatabase()
    const url = new URL(database.url)
    const line = await startLine(url.host)
    url.host = line.host
    const config = {
      ...readConfig({ NODE_ENV: 'test', PORT: '0', TEMPORAL_TASK_QUEUE: `year-${SEED}`, DATABASE_POOL: '5' }),
      databaseUrl: url.href,
      temporalAddress: temporalAddress(),
    }
    const logger = pino({ level: 'silent' })
    const workflowCode = await workflowBundle()
    const api = await startApi(config, logger)
    const book = openBook(database.url, 2)
    const { key } = await createKey(book, 'kvidai', { name: 'test', scope: 'admin' })
    const ends = async () => {
      await Promise.all([api.stop(), book.end()])
      await line.stop()
      await database.drop()
    }
    const worker = () => startWorker(config, { workflowCode, logger })
    return new House({ kvidai: caller(api.url, key), book, line, worker, ends })
  }

  /** Stops the worker in the middle of what it does, and starts another one. */
  async changeWorker(): Promise<void> {
    await (await this.running).stop()
    this.running = this.worker()
    await this.running
  }

  async stop(): Promise<void> {
    await (await this.running).stop()
    await this.ends()
  }
}

type Disturbance = { name: string; begin(): void; end(): Promise<void> }

/** What goes wrong in a house: the line to its database breaks, its worker is replaced, or both. */
function disturbances(house: House): Disturbance[] {
  let change: Promise<void> = Promise.resolve()
  const cut = { begin: () => house.line.cut(), end: () => house.line.mend() }
  const replace = {
    begin: () => {
      change = house.changeWorker()
      change.catch(() => undefined)
    },
    end: () => change,
  }
  const both = {
    begin: () => {
      cut.begin()
      replace.begin()
    },
    end: async () => {
      await cut.end()
      await replace.end()
    },
  }
  return [
    { name: 'cut', ...cut },
    { name: 'worker', ...replace },
    { name: 'both', ...both },
  ]
}

/**
 * A caller that repeats what was answered with 503, with the same Idempotency-Key, as clients should. `disturb` is
 * called with each first try under way and ends when the trouble is over.
 */
function patient(
  calls: Caller,
  disturb: (first: Promise<unknown>) => Promise<void>,
): Caller & { repeated: () => number } {
  let repeated = 0
  const insist = async (call: () => Promise<Answer>): Promise<Answer> => {
    const first = call()
    await disturb(first)
    let answer = await first
    while (answer.status === 503) {
      repeated += 1
      answer = await call()
    }
    return answer
  }
  return {
    ...calls,
    put: (path, body) => insist(() => calls.put(path, body)),
    post: (path, body, key: string = crypto.randomUUID()) => insist(() => calls.post(path, body, key)),
    repeated: () => repeated,
  }
}

/** A year of three memberships of one account. @returns the grants and the balance in the end */
async function live(calls: Caller): Promise<object> {
  const time = await startTimeline(calls, '2026-01-31T09:00:00.000Z', { time_zone: 'Europe/Berlin' })
  const at = (day: string) => time.advance(`${day}T00:00:00.000Z`)
  const paid = (day: string) => ({ paid_through: `${day}T09:00:00Z` })
  const first = await time.join({ plan: 'membership', ...paid('2026-07-31') })
  await at('2026-02-14')
  const second = await time.join({ plan: 'enterprise', ...paid('2026-05-14') })
  await at('2026-03-05')
  const third = await time.join({ plan: 'membership' })
  await at('2026-04-02')
  await time.tell(third.id, 'renew', paid('2026-05-05'))
  await at('2026-05-10')
  await time.tell(first.id, 'change', { plan: 'enterprise' })
  await at('2026-06-20')
  await time.tell(second.id, 'reactivate', paid('2026-12-20'))
  await time.tell(third.id, 'cancel')
  await at('2026-07-30')
  await time.tell(first.id, 'change', { plan: 'membership', when: 'next_grant' })
  await time.tell(first.id, 'renew', paid('2027-01-31'))
  await at('2026-09-15')
  await time.tell(second.id, 'lapse')
  await at('2026-11-01')
  await time.tell(second.id, 'reactivate')
  await at('2026-12-05')
  await time.tell(first.id, 'cancel', { when: 'now' })
  await at('2027-01-31')
  const { available, frozen } = await time.balance()
  return { lots: (await time.lots()).sort(), available, frozen }
}

it(`a year of three memberships comes out the same with worker and database away at random (seed ${SEED})`, async () => {
  const house = await House.build()
  try {
    const calm = await live(house.kvidai)

    const random = randomFrom(SEED)
    const ways = disturbances(house)
    let left = DISTURBANCES
    const seen: string[] = []
    const turns = async (most: number) => {
      for (let turn = Math.floor(random() * most); turn > 0; turn -= 1) await nextTurn()
    }
    const calls = patient(house.kvidai, async first => {
      if (left === 0 || random() > 0.3) return
      left -= 1
      const way = ways[Math.floor(random() * ways.length)] as Disturbance
      seen.push(way.name)
      let answered = false
      first.finally(() => {
        answered = true
      })
      // Again and again while the call is under way, so that something breaks in the middle of a move.
      do {
        await turns(2_000)
        way.begin()
        await turns(2_000)
        await way.end()
      } while (!answered)
    })
    const disturbed = await live(calls)
    console.info(`seed ${SEED}: ${seen.join(', ')}; ${calls.repeated()} calls repeated`)

    expect(disturbed).toEqual(calm)
    expect(calm).toMatchObject({ lots: expect.arrayContaining([expect.stringContaining('5000 membership')]) })
    expect(await verify(house.book)).toEqual([])
  } finally {
    await house.stop()
  }
})
