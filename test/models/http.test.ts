import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { accountKey } from '../../ledger/account-key.ts'
import { verify } from '../../ledger/verify.ts'
import { type Answer, type Caller, type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { visit } from '../support/portal.ts'
import { runs, seed, times } from '../support/servers.ts'
import { HttpModel, type Said } from './http-model.ts'

// Any sequence of calls leaves an account as the model says: every status and code, the balance in body, headers and on
// the page, each generation, and each lot. RUNS says how many sequences, SEED which ones.

const RUNS = runs(times(100, 1_000))
/** Sequences at once, so that nobody waits for the round trips of one. */
const LANES = 4

let lotkeeper: Lotkeeper
let kvidai: Caller
let calls = 0

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ DATABASE_POOL: '20' })
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

const START = Date.UTC(2026, 0, 1)
const hour = (n: number) => new Date(START + n * 3_600_000).toISOString()

type Real = {
  account: string
  path: string
  clock: string
  ids: Map<string, string>
  membership: string | null
}
type Step = fc.AsyncCommand<HttpModel, Real>

/** One call on both; after it, the balance is what the model says. */
function step(
  words: string,
  play: (model: HttpModel, real: Real) => Promise<void>,
  possible: (model: HttpModel) => boolean = () => true,
): Step {
  return {
    check: model => possible(model as HttpModel),
    run: async (model, real) => {
      await play(model, real)
      const { body, headers } = await kvidai.get(`${real.path}/balance`)
      calls += 1
      const { available, held, frozen } = body
      expect({ available, held, frozen }).toEqual(model.balance())
      const shown = ['available', 'held', 'frozen'].map(state => Number(headers.get(`credits-${state}`)))
      expect(shown).toEqual([available, held, frozen])
    },
    toString: () => words,
  }
}

/** Who is turned away because the machine is busy sends the same again, as the contract says. */
async function post(path: string, body: object, key: string = randomUUID()): Promise<Answer> {
  calls += 1
  const answer = await kvidai.post(path, body, key)
  return answer.status === 503 ? post(path, body, key) : answer
}

function expectSaid({ status, body }: Answer, said: Said): void {
  expect({ status, ...(status >= 300 ? { code: body.code } : {}) }).toEqual(said)
}

const grant = (source: string, amount: number, lives: number) =>
  step(`grant ${amount} ${source} for ${lives} h`, async (model, { path }) => {
    const expires_at = hour(model.now + lives)
    const answer = await post(`${path}/grants`, { source, amount, reason: 'test', expires_at })
    expect(answer.status).toBe(201)
    model.give(source, amount, lives)
  })

const reserve = (key: string, outputs: number, hours: number) =>
  step(`reserve ${outputs} as ${key} for ${hours} h`, async (model, { path, ids }) => {
    const order = { operation: 'text', outputs, timeout_seconds: hours * 3600 }
    const answer = await post(`${path}/generations`, order, key)
    const known = model.generations.has(key)
    expectSaid(answer, model.ask(key, outputs, hours))
    if (answer.status !== 201) return
    if (known) expect(answer.headers.get('idempotent-replayed')).toBe('true')
    expect(ids.get(key) ?? answer.body.id).toBe(answer.body.id)
    ids.set(key, answer.body.id)
  })

const charge = (outputs: number) =>
  step(`charge ${outputs}`, async (model, { path }) => {
    const key = randomUUID()
    const order = { operation: 'text', outputs }
    const [first, second] = [
      await post(`${path}/charges`, order, key),
      await post(`${path}/charges`, order, key),
    ]
    const said = model.ask(key, outputs, 1)
    expectSaid(first, said)
    expectSaid(second, said)
    if (said.status === 201) model.close(key, 'complete', outputs)
    model.generations.delete(key)
  })

type Closing = 'complete' | 'fail' | 'cancel'

const close = (key: string, how: Closing, delivered: number) =>
  step(
    `${how} ${key}, ${delivered} delivered`,
    async (model, { ids }) => {
      const message = how === 'complete' ? { delivered } : {}
      const answer = await post(`/v1/generations/${ids.get(key)}/${how}`, message)
      expectSaid(answer, model.close(key, how, how === 'complete' ? delivered : 0))
    },
    model => model.generations.has(key),
  )

const item = (key: string, index: number, ok: boolean) =>
  step(
    `item ${index} of ${key}: ${ok}`,
    async (model, { ids }) => {
      const answer = await post(`/v1/generations/${ids.get(key)}/complete`, { items: [{ index, ok }] })
      expectSaid(answer, model.item(key, index, ok))
    },
    model => model.generations.has(key),
  )

const pass = (hours: number) =>
  step(`${hours} h pass`, async (model, { clock }) => {
    model.pass(hours)
    expect((await post(`/v1/test-clocks/${clock}/advance`, { to: hour(model.now) })).status).toBe(200)
  })

const buy = () =>
  step('buy a pack', async (model, { path }) => {
    const { body } = await post(`${path}/purchases`, { pack: 'credits', provider: 'bank_transfer' })
    const paid = await post(`/v1/purchases/${body.id}/payment`, { reference: body.id })
    expect(paid).toMatchObject({ status: 200, body: { state: 'fulfilled' } })
    model.give('purchased', 100, 365 * 24)
  })

const member = (hours: number) =>
  step(
    `member for ${hours} h`,
    async (model, real) => {
      const until = { paid_through: hour(model.now + hours) }
      const { membership, path } = real
      const answer = membership
        ? await post(`/v1/memberships/${membership}/reactivate`, until)
        : await post(`${path}/memberships`, { plan: 'membership', ...until })
      expect(answer.status).toBeLessThan(300)
      real.membership = answer.body.id
      model.member(hours)
    },
    // Who is a member would renew, which adds periods; and within a month of the first one nothing more falls due.
    model => !model.isMember(),
  )

const lapse = () =>
  step(
    'lapse',
    async (model, { membership }) => {
      expect((await post(`/v1/memberships/${membership}/lapse`, {})).status).toBe(200)
      model.lapse()
    },
    model => model.isMember(),
  )

const key = fc.constantFrom('a', 'b', 'c')
const few = fc.integer({ min: 0, max: 6 })
const some = fc.integer({ min: 1, max: 6 })
const hours = fc.integer({ min: 1, max: 48 })

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(fc.constantFrom('promotional', 'purchased'), some, hours).map(args => grant(...args)),
  fc.tuple(key, some, hours).map(args => reserve(...args)),
  fc.tuple(key, some, hours).map(args => reserve(...args)),
  fc.tuple(key, fc.constantFrom<Closing>('complete', 'fail', 'cancel'), few).map(args => close(...args)),
  fc.tuple(key, few, fc.boolean()).map(args => item(...args)),
  some.map(charge),
  hours.map(pass),
  fc.constant(buy()),
  hours.map(member),
  fc.constant(lapse()),
]

async function openAccount(): Promise<Real> {
  const account = randomUUID()
  const path = `/v1/accounts/${account}`
  const { body: clock } = await post('/v1/test-clocks', { now: hour(0) })
  await kvidai.put(path, { test_clock: clock.id })
  return { account, path, clock: clock.id, ids: new Map(), membership: null }
}

/** How everything stands: on the API, on the book, and on the page. */
async function expectSame(model: HttpModel, { account, path, ids }: Real): Promise<void> {
  const generations = await Promise.all(
    [...ids].map(async ([key, id]) => [key, (await kvidai.get(`/v1/generations/${id}`)).body.state]),
  )
  expect(Object.fromEntries(generations)).toEqual(model.states())
  const { data } = (await kvidai.get(`${path}/lots?limit=100`)).body
  const inShort = (lots: Record<string, number>[]) =>
    lots.map(lot => ['granted', 'held', 'spent'].map(state => lot[state]).join(' ')).sort()
  expect(inShort(data)).toEqual(inShort(model.lots as never))
  const shown = (await (await visit(lotkeeper, kvidai, path)).ask('/account')).body
  expect(shown.balance).toMatchObject(model.balance())
  expect(await verify(lotkeeper.book, accountKey('kvidai', account))).toEqual([])
}

jest.setTimeout(times(300_000, 1_800_000))

it(`any sequence of calls comes to what the model says: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 12, size: 'max' }), async commands => {
        const real = await openAccount()
        const model = new HttpModel()
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await expectSame(model, real)
      }),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(`seed ${seed}: ${RUNS} sequences, ${calls} calls`)
})
