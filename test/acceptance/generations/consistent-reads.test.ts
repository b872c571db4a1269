import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { whileUnavailable } from '../../support/clients/retries.ts'
import { repetitions } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { pause } from '../../support/wait-for.ts'

// Reads during concurrent writes return a state that existed: no credit is missing, counted twice or between two states.

const ACCOUNTS = 3
const WRITERS = 4
/** Writes of each writer. */
const ROUNDS = repetitions(10, 60)
const GRANTED = 500

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

class BusyAccount {
  readonly account = randomUUID()
  readonly path = `/v1/accounts/${this.account}`
  readonly key = accountKey('kvidai', this.account)
  /** time at which all credits were granted and none was used */
  grantedAt = ''
  /** sums of every read */
  readonly reads: { where: string; sums: Sums }[] = []
  readCount = 0
  writing = true

  async fill(): Promise<void> {
    ok(await kvidai.put(this.path, {}))
    for (const source of ['promotional', 'purchased'])
      ok(await kvidai.post(`${this.path}/grants`, { source, amount: GRANTED, reason: 'test' }))
    const { data } = ok(await kvidai.get(`${this.path}/entries`))
    this.grantedAt = data[0].at
  }

  /** Operations that move credits; writers run them in turn. */
  private readonly operations: (() => Promise<void>)[] = [
    async () => {
      const id = await this.reserve(5)
      await this.post(`generations/${id}/complete`, { delivered: 3 })
    },
    async () => {
      const id = await this.reserve(4)
      await this.post(`generations/${id}/complete`, { items: [{ index: 0, ok: true }] })
      await this.post(`generations/${id}/complete`, { items: [{ index: 1, ok: false }] })
      await this.post(`generations/${id}/cancel`)
    },
    async () => void (await this.postForAccount('charges', { operation: 'text', outputs: 3 })),
    async () => void (await this.post(`generations/${await this.reserve(6)}/fail`, { reason: 'test' })),
    async () => {
      const { id } = await this.postForAccount('purchases', { pack: 'credits', provider: 'bank_transfer' })
      await this.post(`purchases/${id}/payment`, { reference: id })
      await this.post(`purchases/${id}/refund`, { reason: 'test' })
    },
    async () => void (await this.postForAccount('grants', { source: 'purchased', amount: 7, reason: 'test' })),
  ]

  async write(first: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) await this.operations[(first + round) % this.operations.length]?.()
  }

  private async reserve(outputs: number): Promise<string> {
    return (await this.postForAccount('generations', { operation: 'text', outputs })).id
  }
  private postForAccount(what: string, body: object): Promise<any> {
    return postUntilAnswered(`${this.path}/${what}`, body)
  }
  private post(what: string, body: object = {}): Promise<any> {
    return postUntilAnswered(`/v1/${what}`, body)
  }

  /** Starts readers, which run until the writers have finished. */
  readers(): Promise<void>[] {
    const readCount = [this.balance, this.accountBody, this.pastBalance, this.lots, this.entries, this.csv, this.bySql]
    return readCount.map(async read => {
      while (this.writing) {
        await read.call(this)
        this.readCount += 1
        await pause()
      }
    })
  }

  private record(where: string, headers: Headers, sums: Sums): void {
    expect([where, sumsOfHeaders(headers)]).toEqual([where, sums])
    this.reads.push({ where, sums })
  }

  private async balance(): Promise<void> {
    const { headers, body } = await this.read('/balance')
    this.record('balance', headers, sumsOfBalance(body))
  }
  private async accountBody(): Promise<void> {
    const { headers, body } = await this.read('')
    this.record('account', headers, sumsOfBalance(body.balance))
  }
  private async pastBalance(): Promise<void> {
    const { body } = await this.read(`/balance?at=${this.grantedAt}`)
    expect(sumsOfBalance(body)).toEqual({ free: 2 * GRANTED, held: 0 })
  }
  private async lots(): Promise<void> {
    const { headers, body } = await this.read('/lots?limit=100')
    for (const lot of body.data) {
      const { granted, available, held, spent, expired, revoked } = lot
      expect([lot, available + held + spent + expired + revoked]).toEqual([lot, granted])
    }
    const sum = (state: string) =>
      body.data.reduce((total: number, lot: Record<string, number>) => total + (lot[state] ?? 0), 0)
    if (body.next_cursor === null) this.record('lots', headers, { free: sum('available'), held: sum('held') })
  }
  private async entries(): Promise<void> {
    const { headers, body } = await this.read('/entries?limit=5')
    expect(body.data[0].balance_after).toBe(sumsOfHeaders(headers).free)
    this.reads.push({ where: 'entries', sums: sumsOfHeaders(headers) })
  }
  private async csv(): Promise<void> {
    const { headers, body } = await this.read('/entries?format=csv')
    const rows = body.trimEnd().split('\n').slice(1)
    const movements = rows.map((row: string) => {
      const [, , , , , from, to, amount] = row.split(',')
      return { from, to, amount: Number(amount) }
    })
    this.record('export', headers, sumMovements(movements))
    expect(Number(rows[0].split(',').at(-1))).toBe(sumMovements(movements).free)
  }
  /** Verifies the ledger, in one statement. */
  private async bySql(): Promise<void> {
    expect(await verify(lotkeeper.db, this.key)).toEqual([])
  }

  private async read(what: string): Promise<Answer> {
    const answer = await whileUnavailable(() => kvidai.get(`${this.path}${what}`))
    expect([what, answer.status]).toEqual([what, 200])
    return answer
  }

  /** Expects the sums of each read to be those of the entries up to some command. */
  async expectReadsExisted(): Promise<void> {
    const { rows } = await lotkeeper.db.query<Movement & { operation_key: string; at: Date }>(
      `select from_state as "from", to_state as "to", amount, operation_key, at from entries
       where account_key = $1 order by entry_no`,
      [this.key],
    )
    const existing = new Set<string>()
    const sums = { free: 0, held: 0 }
    for (const [n, movement] of rows.entries()) {
      add(sums, movement)
      if (movement.operation_key !== rows[n + 1]?.operation_key) existing.add(JSON.stringify(sums))
    }
    const impossible = this.reads.filter(({ sums }) => !existing.has(JSON.stringify(sums)))
    expect(impossible).toEqual([])
    // Past balances can still be read.
    for (let n = 0; n < rows.length; n += Math.ceil(rows.length / 10)) {
      const at = rows[n]?.at ?? new Date()
      const { body } = await this.read(`/balance?at=${at.toISOString()}`)
      expect(sumsOfBalance(body)).toEqual(sumMovements(rows.filter(row => row.at <= at)))
    }
  }
}

type Movement = { from: string; to: string; amount: number }

function add(sums: Sums, { from, to, amount }: Movement): void {
  if (to === 'available') sums.free += amount
  if (from === 'available') sums.free -= amount
  if (to === 'held') sums.held += amount
  if (from === 'held') sums.held -= amount
}

function sumMovements(movements: Movement[]): Sums {
  const sums = { free: 0, held: 0 }
  for (const movement of movements) add(sums, movement)
  return sums
}

function sumsOfBalance({ available, held, frozen, by_source }: any): Sums {
  const sources = Object.values<any>(by_source)
  for (const [state, amount] of Object.entries({ available, held, frozen }))
    expect(sources.reduce((total, source) => total + source[state], 0)).toBe(amount)
  return { free: available + frozen, held }
}

function sumsOfHeaders(headers: Headers): Sums {
  const credits = (state: string) => Number(headers.get(`credits-${state}`))
  return { free: credits('available') + credits('frozen'), held: credits('held') }
}

function ok({ status, body }: Answer): any {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

async function postUntilAnswered(path: string, body: object, key = randomUUID()): Promise<any> {
  const answer = await kvidai.post(path, body, key)
  return answer.status === 503 ? postUntilAnswered(path, body, key) : ok(answer)
}

it('every answer during concurrent writes shows a state that existed', async () => {
  const accounts = Array.from({ length: ACCOUNTS }, () => new BusyAccount())
  await Promise.all(accounts.map(bank => bank.fill()))
  const readers = Promise.all(accounts.flatMap(bank => bank.readers()))
  const writers = accounts.flatMap(bank => Array.from({ length: WRITERS }, (_, first) => bank.write(first)))
  const written = Promise.all(writers).finally(() => {
    for (const bank of accounts) bank.writing = false
  })
  await Promise.all([written, readers])
  for (const bank of accounts) await bank.expectReadsExisted()
  const readCount = accounts.reduce((total, bank) => total + bank.readCount, 0)
  console.info(`${ACCOUNTS * WRITERS * ROUNDS} operations of ${ACCOUNTS * WRITERS} writers, ${readCount} reads`)
})
