import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { postWithRetry, whileUnavailable } from '../support/clients/retries.ts'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../support/wait-for.ts'
import { eventsOf, expectedOf, isRefunded, type Story, story, type WireEvent } from './payment-stories.ts'

// The events of a pack's payments come in any order, repeatedly and at once. The credits are always those that the kept money
// buys.

const RUNS = caseCount(repetitions(24, 1_000))
const LANES = 8

let run: LotkeeperWithStripe
let delivered = 0

beforeAll(async () => {
  run = await startLotkeeperWithStripe({ DATABASE_POOL: '20' })
})
afterAll(() => run?.stop())
jest.setTimeout(repetitions(180_000, 3_600_000))

const kvidai = () => run.lotkeeper.as('kvidai')

const post = (path: string, body: object) => postWithRetry(kvidai(), path, body)

/** Delivers one event, or several at once. */
async function deliver(events: WireEvent[]): Promise<void> {
  delivered += events.length
  await Promise.all(
    events.map(({ type, object, created, account = null }) =>
      run.deliver(run.stripe.event(type, object.id, { created, account, data: { object } }), { product: 'kvidai' }),
    ),
  )
}

/** Assigns the story's payment. @returns false if it is not kept yet, or is refunded for now */
async function assign(account: string, events: WireEvent[]): Promise<boolean> {
  const intent = events.find(({ object }) => object.payment_intent)?.object.payment_intent as string | { id: string }
  const payment = typeof intent === 'string' ? intent : intent.id
  const { status } = await post(`/v1/unassigned-payments/${payment}/assign`, {
    account,
    pack: 'credits',
    reason: 'test',
  })
  expect([200, 404, 409]).toContain(status)
  return status === 200
}

async function play(told: Story, order: number[], together: number[]): Promise<void> {
  const account = `a-${randomUUID()}`
  await whileUnavailable(() => kvidai().put(`/v1/accounts/${account}`, {}))
  const mark = await markOf(told, account)
  const events = told.payments.flatMap(payment => eventsOf(payment, mark))
  const twice = [...events, ...events.filter((_, i) => (together[i] ?? 1) > 1)]
  const shuffled = twice
    .map((event, i) => [order[i] ?? 0, event] as const)
    .sort(([a], [b]) => a - b)
    .map(([, event]) => event)
  let isAssigned = told.found_by !== 'support'
  for (let i = 0, n = 0; i < shuffled.length; n++) {
    const size = together[n] ?? 1
    await deliver(shuffled.slice(i, i + size))
    i += size
    if (!isAssigned && n % 3 === 1) isAssigned = await assign(account, events)
  }
  if (!isAssigned) expect(await assign(account, events)).toBe(!told.payments.every(isRefunded))
  await expectEnd(told, account)
}

async function markOf({ found_by }: Story, account: string) {
  if (found_by === 'link') return { client_reference_id: null, metadata: { account, pack: 'credits' } }
  if (found_by === 'support') return { client_reference_id: `order-${randomUUID()}`, metadata: {} }
  const { status, body } = await post(`/v1/accounts/${account}/purchases`, { pack: 'credits', provider: 'stripe' })
  expect(status).toBe(201)
  return { client_reference_id: body.id, metadata: { purchase: body.id, account, product: 'kvidai' } }
}

async function expectEnd(told: Story, account: string): Promise<void> {
  const expected = expectedOf(told)
  const look = async () => {
    const [{ body: balance }, { body: purchases }] = await Promise.all([
      whileUnavailable(() => kvidai().get(`/v1/accounts/${account}/balance`)),
      whileUnavailable(() => kvidai().get(`/v1/purchases?account=${account}`)),
    ])
    return { available: balance.available, debt: balance.debt, purchases: purchases.data }
  }
  const seen = await waitFor('the expected credits', look, ({ available }) => available === expected.available)
  expect(seen.debt).toBe(0)
  // A payment that was refunded before support looked has no purchase.
  expect(seen.purchases.length).toBeLessThanOrEqual(1)
  const [purchase] = seen.purchases
  if (purchase && expected.attention !== null) expect(purchase.needs_attention).toBe(expected.attention)
}

it(`the kept money decides: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(
        story,
        fc.array(fc.nat(), { minLength: 60, maxLength: 60, size: 'max' }),
        fc.array(fc.constantFrom(1, 1, 2, 3), { minLength: 60, maxLength: 60, size: 'max' }),
        play,
      ),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number, endOnFailure: true },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(`seed ${seed}: ${RUNS} sequences, ${delivered} events`)
})
