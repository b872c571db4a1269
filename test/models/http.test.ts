import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { openPortal } from '../support/clients/portal.ts'
import { whileUnavailable } from '../support/clients/retries.ts'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { balanceInHeaders, type ExpectedAnswer, HttpModel, type Product, summarizeLot } from './http-model.ts'
import { products } from './products.ts'

// Random sequences of calls match the model: every status and code, the balance in body, headers and on the page, each
// generation, and each lot. RUNS sets the number of sequences, SEED selects them.

const RUNS = caseCount(repetitions(150, 1_000))
/** Sequences in parallel, since each mostly waits for round trips. */
const LANES = 8

/** One of so many sequences also compares the balance on the page. */
const PAGE_EVERY = 4

let lotkeeper: Lotkeeper
let calls = 0
let overSeveralLots = 0
let comparisons = 0

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ DATABASE_POOL: '20' })
})
afterAll(async () => {
  await lotkeeper?.stop()
})

const START = Date.UTC(2026, 0, 1)
const hour = (n: number) => new Date(START + n * 3_600_000).toISOString()

type Real = {
  product: Product
  caller: Caller
  account: string
  path: string
  clock: string
  ids: Map<string, string>
  membership: string | null
}
type Step = fc.AsyncCommand<HttpModel, Real>

/** Makes one call on API and model, and compares the balances. */
function step(
  description: string,
  runStep: (model: HttpModel, real: Real) => Promise<Answer>,
  isPossible: (model: HttpModel) => boolean = () => true,
): Step {
  return {
    check: model => isPossible(model as HttpModel),
    run: async (model, real) => expectBalance(model, real, await runStep(model, real)),
    toString: () => description,
  }
}

/** Compares the balance in the headers of the answer, or by a request of its own where they have none. */
async function expectBalance(model: HttpModel, { caller, path }: Real, { headers }: Answer): Promise<void> {
  if (headers.has('credits-available')) {
    expect(balanceInHeaders(headers)).toEqual(model.balance())
    return
  }
  const answer = await caller.get(`${path}/balance`)
  calls += 1
  const { available, held, frozen } = answer.body
  expect({ available, held, frozen }).toEqual(model.balance())
  expect(balanceInHeaders(answer.headers)).toEqual(model.balance())
}

/** Posts, and repeats while the answer is 503, as on a busy machine. */
function post(caller: Caller, path: string, body: object, key: string = randomUUID()): Promise<Answer> {
  return whileUnavailable(() => {
    calls += 1
    return caller.post(path, body, key)
  })
}

function expectAnswer({ status, body }: Answer, expected: ExpectedAnswer): void {
  expect({ status, ...(status >= 300 ? { code: body.code } : {}) }).toEqual(expected)
}

const grant = (source: string, amount: number, validHours: number) =>
  step(`grant ${amount} ${source} for ${validHours} h`, async (model, real) => {
    const expires_at = hour(model.now + validHours)
    const body = { source, amount, reason: 'test', expires_at }
    const answer = await post(real.caller, `${real.path}/grants`, body)
    expect(answer.status).toBe(201)
    model.grantCredits(source, amount, validHours)
    return answer
  })

const reserve = (key: string, outputs: number, hours: number) =>
  step(`reserve ${outputs} as ${key} for ${hours} h`, async (model, { product, caller, path, ids }) => {
    const order = { operation: product.operation, outputs, timeout_seconds: hours * 3600 }
    const answer = await post(caller, `${path}/generations`, order, key)
    const known = model.generations.has(key)
    expectAnswer(answer, model.reserveOnce(key, outputs, hours))
    if (answer.status !== 201) return answer
    if (known) expect(answer.headers.get('idempotent-replayed')).toBe('true')
    expect(ids.get(key) ?? answer.body.id).toBe(answer.body.id)
    ids.set(key, answer.body.id)
    return answer
  })

const charge = (outputs: number) =>
  step(`charge ${outputs}`, async (model, { product, caller, path }) => {
    const key = randomUUID()
    const order = { operation: product.operation, outputs }
    const [first, second] = [
      await post(caller, `${path}/charges`, order, key),
      await post(caller, `${path}/charges`, order, key),
    ]
    const expected = model.reserveOnce(key, outputs, 1)
    expectAnswer(first, expected)
    expectAnswer(second, expected)
    if (expected.status === 201) model.closeGeneration(key, 'complete', outputs)
    model.generations.delete(key)
    return second
  })

const metered = (estimate: number, used: number) =>
  step(
    `${used} used of ${estimate} estimated`,
    async (model, { product, caller, path }) => {
      const { operation = '', meter = '' } = product.metered ?? {}
      const key = randomUUID()
      const order = { operation, usage_estimate: { [meter]: estimate } }
      const answer = await post(caller, `${path}/generations`, order, key)
      const { reserved, spent } = model.settleMetered(key, estimate, used)
      expectAnswer(answer, reserved)
      if (spent === null) return answer
      const settled = await post(caller, `/v1/generations/${answer.body.id}/complete`, { usage: { [meter]: used } })
      expect(settled.body).toMatchObject({ state: 'committed', spent, held: 0 })
      return settled
    },
    model => model.isMetered(),
  )

type Closing = 'complete' | 'fail' | 'cancel'

const close = (key: string, outcome: Closing, delivered: number) =>
  step(
    `${outcome} ${key}, ${delivered} delivered`,
    async (model, { caller, ids }) => {
      const message = outcome === 'complete' ? { delivered } : {}
      const answer = await post(caller, `/v1/generations/${ids.get(key)}/${outcome}`, message)
      expectAnswer(answer, model.closeGeneration(key, outcome, outcome === 'complete' ? delivered : 0))
      return answer
    },
    model => model.generations.has(key),
  )

const item = (key: string, index: number, ok: boolean) =>
  step(
    `item ${index} of ${key}: ${ok}`,
    async (model, { caller, ids }) => {
      const body = { items: [{ index, ok }] }
      const answer = await post(caller, `/v1/generations/${ids.get(key)}/complete`, body)
      expectAnswer(answer, model.settleItem(key, index, ok))
      return answer
    },
    model => model.generations.has(key),
  )

const advance = (hours: number) =>
  step(`${hours} h later`, async (model, { caller, clock }) => {
    model.advance(hours)
    const answer = await post(caller, `/v1/test-clocks/${clock}/advance`, { to: hour(model.now) })
    expect(answer.status).toBe(200)
    return answer
  })

const buy = () =>
  step('buy a pack', async (model, { product, caller, path }) => {
    const { id: pack, provider } = product.pack
    const ordered = await post(caller, `${path}/purchases`, { pack, provider })
    expectAnswer(ordered, model.buy())
    if (ordered.status !== 201) return ordered
    const { id } = ordered.body
    const paid = await post(caller, `/v1/purchases/${id}/payment`, { reference: id })
    expect(paid).toMatchObject({ status: 200, body: { state: 'fulfilled' } })
    return paid
  })

const member = (hours: number) =>
  step(
    `member for ${hours} h`,
    async (model, real) => {
      const until = { paid_through: hour(model.now + hours) }
      const { product, caller, membership, path } = real
      const answer = membership
        ? await post(caller, `/v1/memberships/${membership}/reactivate`, until)
        : await post(caller, `${path}/memberships`, { plan: product.plan, ...until })
      expect(answer.status).toBeLessThan(300)
      real.membership = answer.body.id
      model.member(hours)
      return answer
    },
    // A renewal would add periods; within one month only one grant is due.
    model => !model.isMember(),
  )

const lapse = () =>
  step(
    'lapse',
    async (model, { caller, membership }) => {
      const answer = await post(caller, `/v1/memberships/${membership}/lapse`, {})
      expect(answer.status).toBe(200)
      model.lapse()
      return answer
    },
    model => model.isMember(),
  )

const key = fc.constantFrom('a', 'a', 'b', 'c')
const upToSix = fc.integer({ min: 0, max: 6 })
const upToEight = fc.integer({ min: 1, max: 8 })
const upToThree = fc.integer({ min: 1, max: 3 })
const hours = fc.integer({ min: 1, max: 48 })

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(fc.constantFrom('promotional', 'purchased'), upToThree, hours).map(args => grant(...args)),
  fc.tuple(key, upToEight, hours).map(args => reserve(...args)),
  fc.tuple(key, upToEight, hours).map(args => reserve(...args)),
  fc.tuple(key, fc.constantFrom<Closing>('complete', 'fail', 'cancel'), upToSix).map(args => close(...args)),
  ...Array.from({ length: 4 }, () => fc.tuple(key, upToSix, fc.boolean()).map(args => item(...args))),
  upToEight.map(charge),
  fc.tuple(fc.integer({ min: 1, max: 6_000 }), fc.nat(9_000)).map(args => metered(...args)),
  hours.map(advance),
  fc.constant(buy()),
  hours.map(member),
  fc.constant(lapse()),
]

/** Small lots with different expiries, and a reservation that draws from several. */
const openings = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('promotional', 'purchased'), upToThree, hours), {
      minLength: 3,
      maxLength: 4,
    }),
    fc.integer({ min: 3, max: 6 }),
    hours,
  )
  .map(([lots, outputs, hours]) => [...lots.map(args => grant(...args)), reserve('a', outputs, hours)])

async function openAccount(product: Product): Promise<Real> {
  const account = randomUUID()
  const path = `/v1/accounts/${account}`
  const caller = lotkeeper.as(product.name)
  const { body: clock } = await post(caller, '/v1/test-clocks', { now: hour(0) })
  await caller.put(path, { test_clock: clock.id })
  return { product, caller, account, path, clock: clock.id, ids: new Map(), membership: null }
}

/** Compares generations, lots and the page. The ledger is verified at the end of the file. */
async function expectSame(model: HttpModel, { caller, path, ids }: Real): Promise<void> {
  const generations = await Promise.all(
    [...ids].map(async ([key, id]) => [key, (await caller.get(`/v1/generations/${id}`)).body.state]),
  )
  expect(Object.fromEntries(generations)).toEqual(model.states())
  model.expire()
  const { data } = (await caller.get(`${path}/lots?limit=100`)).body
  const lots = model.lots.map(lot => ({
    ...lot,
    expires_at: lot.expires === null ? null : hour(lot.expires),
  }))
  expect(data.map(summarizeLot).sort()).toEqual(lots.map(summarizeLot).sort())
  if (comparisons++ % PAGE_EVERY > 0) return
  const shown = (await (await openPortal(lotkeeper, caller, path)).request('/account')).body
  expect(shown.balance).toMatchObject(model.balance())
}

jest.setTimeout(repetitions(300_000, 1_800_000))

it(`any sequence of calls matches the model: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(openings, fc.commands(steps, { maxCommands: 12, size: 'max' }), async (opening, commands) => {
        const real = await openAccount(products[number % products.length] as Product)
        const model = new HttpModel(real.product)
        if (real.product.requires_membership) await member(36).run(model, real)
        for (const first of opening) await first.run(model, real)
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await expectSame(model, real)
        overSeveralLots += model.overSeveralLots.size
      }),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(
    `seed ${seed}: ${RUNS} sequences of ${products.length} products, ${calls} calls; ` +
      `${overSeveralLots} generations over several lots settled item by item`,
  )
})
