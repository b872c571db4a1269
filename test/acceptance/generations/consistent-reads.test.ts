import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { whileUnavailable } from '../../support/clients/retries.ts'
import { repetitions } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { pause } from '../../support/wait-for.ts'

// Readers during concurrent writes always see a state that existed: no credit is missing, counted twice or between two
// states.

const ACCOUNTS = 3
const WRITERS = 4
/** Writes of each writer. */
const ROUNDS = repetitions(10, 60)
const GIVEN = 500

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ DATABASE_POOL: '20' })
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

jest.setTimeout(repetitions(120_000, 1_800_000))

/** Credits in an answer: available or frozen, and held. */
type Sums = { free: number; held: number }

class Bank {
  readonly account = randomUUID()
  readonly path = `/v1/accounts/${this.account}`
  readonly key = accountKey('kvidai', this.account)
  /** when all of it had been granted and nothing used */
  began = ''
  /** everything that readers saw */
  readonly seen: { where: string; sums: Sums }[] = []
  looks = 0
  open = true

  async fill(): Promise<void> {
    ok(await kvidai.put(this.path, {}))
    for (const source of ['promotional', 'purchased'])
      ok(await kvidai.post(`${this.path}/grants`, { source, amount: GIVEN, reason: 'test' }))
    const { data } = ok(await kvidai.get(`${this.path}/entries`))
    this.began = data[0].at
  }

  /** Ways of moving credits, taken in turn. */
  private readonly ways: (() => Promise<void>)[] = [
    async () => {
      const id = await this.reserve(5)
      await this.tell(`generations/${id}/complete`, { delivered: 3 })
    },
    async () => {
      const id = await this.reserve(4)
      await this.tell(`generations/${id}/complete`, { items: [{ index: 0, ok: true }] })
      await this.tell(`generations/${id}/complete`, { items: [{ index: 1, ok: false }] })
      await this.tell(`generations/${id}/cancel`)
    },
    async () => void (await this.send('charges', { operation: 'text', outputs: 3 })),
    async () => void (await this.tell(`generations/${await this.reserve(6)}/fail`, { reason: 'test' })),
    async () => {
      const { id } = await this.send('purchases', { pack: 'credits', provider: 'bank_transfer' })
      await this.tell(`purchases/${id}/payment`, { reference: id })
      await this.tell(`purchases/${id}/refund`, { reason: 'test' })
    },
    async () => void (await this.send('grants', { source: 'purchased', amount: 7, reason: 'test' })),
  ]

  async write(first: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) await this.ways[(first + round) % this.ways.length]?.()
  }

  private async reserve(outputs: number): Promise<string> {
    return (await this.send('generations', { operation: 'text', outputs })).id
  }
  private send(what: string, body: object): Promise<any> {
    return insist(`${this.path}/${what}`, body)
  }
  private tell(what: string, body: object = {}): Promise<any> {
    return insist(`/v1/${what}`, body)
  }

  /** Readers; each runs until the writers have finished. */
  readers(): Promise<void>[] {
    const looks = [this.balance, this.plan, this.past, this.lots, this.entries, this.csv, this.bySql]
    return looks.map(async look => {
      while (this.open) {
        await look.call(this)
        this.looks += 1
        await pause()
      }
    })
  }

  private note(where: string, headers: Headers, sums: Sums): void {
    expect([where, sumsOf(headers)]).toEqual([where, sums])
    this.seen.push({ where, sums })
  }

  private async balance(): Promise<void> {
    const { headers, body } = await this.look('/balance')
    this.note('balance', headers, inBalance(body))
  }
  private async plan(): Promise<void> {
    const { headers, body } = await this.look('')
    this.note('account', headers, inBalance(body.balance))
  }
  private async past(): Promise<void> {
    const { body } = await this.look(`/balance?at=${this.began}`)
    expect(inBalance(body)).toEqual({ free: 2 * GIVEN, held: 0 })
  }
  private async lots(): Promise<void> {
    const { headers, body } = await this.look('/lots?limit=100')
    for (const lot of body.data) {
      const { granted, available, held, spent, expired, revoked } = lot
      expect([lot, available + held + spent + expired + revoked]).toEqual([lot, granted])
    }
    const sum = (state: string) =>
      body.data.reduce((all: number, lot: Record<string, number>) => all + (lot[state] ?? 0), 0)
    if (body.next_cursor === null) this.note('lots', headers, { free: sum('available'), held: sum('held') })
  }
  private async entries(): Promise<void> {
    const { headers, body } = await this.look('/entries?limit=5')
    expect(body.data[0].balance_after).toBe(sumsOf(headers).free)
    this.seen.push({ where: 'entries', sums: sumsOf(headers) })
  }
  private async csv(): Promise<void> {
    const { headers, body } = await this.look('/entries?format=csv')
    const rows = body.trimEnd().split('\n').slice(1)
    const moves = rows.map((row: string) => {
      const [, , , , , from, to, amount] = row.split(',')
      return { from, to, amount: Number(amount) }
    })
    this.note('export', headers, fold(moves))
    expect(Number(rows[0].split(',').at(-1))).toBe(fold(moves).free)
  }
  /** The complete verification of the ledger, in one statement. */
  private async bySql(): Promise<void> {
    expect(await verify(lotkeeper.db, this.key)).toEqual([])
  }

  private async look(what: string): Promise<Answer> {
    const answer = await whileUnavailable(() => kvidai.get(`${this.path}${what}`))
    expect([what, answer.status]).toEqual([what, 200])
    return answer
  }

  /** Each state that a reader saw is the sum of the entries up to one command. */
  async expectMoments(): Promise<void> {
    const { rows } = await lotkeeper.db.query<Move & { operation_key: string; at: Date }>(
      `select from_state as "from", to_state as "to", amount, operation_key, at from entries
       where account_key = $1 order by entry_no`,
      [this.key],
    )
    const moments = new Set<string>()
    const sums = { free: 0, held: 0 }
    for (const [n, move] of rows.entries()) {
      add(sums, move)
      if (move.operation_key !== rows[n + 1]?.operation_key) moments.add(JSON.stringify(sums))
    }
    const unreal = this.seen.filter(({ sums }) => !moments.has(JSON.stringify(sums)))
    expect(unreal).toEqual([])
    // Past balances can still be read.
    for (let n = 0; n < rows.length; n += Math.ceil(rows.length / 10)) {
      const at = rows[n]?.at ?? new Date()
      const { body } = await this.look(`/balance?at=${at.toISOString()}`)
      expect(inBalance(body)).toEqual(fold(rows.filter(row => row.at <= at)))
    }
  }
}

type Move = { from: string; to: string; amount: number }

function add(sums: Sums, { from, to, amount }: Move): void {
  if (to === 'available') sums.free += amount
  if (from === 'available') sums.free -= amount
  if (to === 'held') sums.held += amount
  if (from === 'held') sums.held -= amount
}

function fold(moves: Move[]): Sums {
  const sums = { free: 0, held: 0 }
  for (const move of moves) add(sums, move)
  return sums
}

function inBalance({ available, held, frozen, by_source }: any): Sums {
  const sources = Object.values<any>(by_source)
  for (const [state, amount] of Object.entries({ available, held, frozen }))
    expect(sources.reduce((all, source) => all + source[state], 0)).toBe(amount)
  return { free: available + frozen, held }
}

function sumsOf(headers: Headers): Sums {
  const credits = (state: string) => Number(headers.get(`credits-${state}`))
  return { free: credits('available') + credits('frozen'), held: credits('held') }
}

function ok({ status, body }: Answer): any {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

async function insist(path: string, body: object, key = randomUUID()): Promise<any> {
  const answer = await kvidai.post(path, body, key)
  return answer.status === 503 ? insist(path, body, key) : ok(answer)
}

it('every answer during concurrent writes is a state that existed', async () => {
  const banks = Array.from({ length: ACCOUNTS }, () => new Bank())
  await Promise.all(banks.map(bank => bank.fill()))
  const readers = Promise.all(banks.flatMap(bank => bank.readers()))
  const writers = banks.flatMap(bank => Array.from({ length: WRITERS }, (_, first) => bank.write(first)))
  const written = Promise.all(writers).finally(() => {
    for (const bank of banks) bank.open = false
  })
  await Promise.all([written, readers])
  for (const bank of banks) await bank.expectMoments()
  const looks = banks.reduce((all, bank) => all + bank.looks, 0)
  console.info(`${ACCOUNTS * WRITERS * ROUNDS} moves of ${ACCOUNTS * WRITERS} writers, ${looks} looks`)
})
