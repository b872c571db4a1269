import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import { sendPing } from '../support/stand-ins/gumroad.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../support/stand-ins/lotkeeper-with-gumroad.ts'
import { waitFor } from '../support/wait-for.ts'

// Pings of sales and gifts, without a token: whatever their order, a sale that fits the pack issues one code, which is valid
// unless the money went back.

const RUNS = caseCount(repetitions(16, 1_000))
const LANES = 4
const PRICE = 1_999

type Sale = {
  gift: boolean
  price: number
  quantity: number
  page: 'pro' | 'unlisted-page'
  names: 'order' | 'nothing' | 'unknown'
  refunded: boolean
  dispute: 'none' | 'open' | 'won'
}

const sale = fc.record<Sale>({
  gift: fc.boolean(),
  price: fc.constantFrom(PRICE, PRICE, PRICE, 999, 2_999),
  quantity: fc.constantFrom(1, 1, 1, 2),
  page: fc.constantFrom('pro' as const, 'pro' as const, 'unlisted-page' as const),
  names: fc.constantFrom('order' as const, 'order' as const, 'nothing' as const, 'unknown' as const),
  refunded: fc.boolean(),
  dispute: fc.constantFrom('none' as const, 'none' as const, 'open' as const, 'won' as const),
})

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad({ GUMROAD_TOKEN: '' })
})
afterAll(() => run?.stop())
jest.setTimeout(repetitions(180_000, 1_800_000))

/** The pings of a sale as it changes, oldest first. */
function pingsOf(id: string, of: Sale, named: string | null): Record<string, string>[] {
  const money: Record<string, string> = of.gift
    ? { price: '0', gift_price: String(of.price), is_gift_receiver_purchase: 'true' }
    : { price: String(of.price) }
  const first = {
    sale_id: id,
    product_permalink: `https://myai.gumroad.com/l/${of.page}`,
    email: `${id}@example.org`,
    quantity: String(of.quantity),
    ...money,
    ...(named === null ? {} : { 'url_params[purchase]': named }),
  }
  const disputed = { ...first, disputed: 'true' }
  return [
    first,
    ...(of.refunded ? [{ ...first, refunded: 'true' }] : []),
    ...(of.dispute === 'none' ? [] : [disputed]),
    ...(of.dispute === 'won' ? [{ ...disputed, dispute_won: 'true' }] : []),
  ]
}

async function nameFor({ names }: Sale): Promise<string | null> {
  if (names !== 'order') return names === 'unknown' ? 'pur_unknown' : null
  const { path, email } = await run.account()
  const order = { pack: 'pro', buyer_email: email }
  const key = randomUUID()
  const post = () => run.myai.post(`${path}/purchases`, order, key)
  const { body } = await waitFor('an order', post, ({ status }) => status === 201)
  return body.id
}

async function deliver(form: Record<string, string>): Promise<void> {
  const send = () => sendPing(run.webhook, new URLSearchParams(form))
  expect(await waitFor('an answer other than 503', send, ({ status }) => status !== 503)).toMatchObject({ status: 200 })
}

async function play(of: Sale, order: number[], together: number[]): Promise<void> {
  const id = randomUUID().replaceAll('-', '')
  const pings = pingsOf(id, of, await nameFor(of))
  const shuffled = [...pings, ...pings]
    .map((ping, i) => [order[i] ?? 0, ping] as const)
    .sort(([a], [b]) => a - b)
    .map(([, ping]) => ping)
  for (let i = 0, n = 0; i < shuffled.length; n++) {
    const size = together[n] ?? 1
    await Promise.all(shuffled.slice(i, i + size).map(deliver))
    i += size
  }
  await expectEnd(id, of)
}

async function expectEnd(id: string, of: Sale): Promise<void> {
  const look = async () => ({
    purchases: run.ok(await run.myai.get(`/v1/purchases?reference=${id}`)).data,
    kept: run
      .ok(await run.myai.get('/v1/unassigned-payments?limit=100'))
      .data.filter((payment: { id: string }) => payment.id === id).length,
  })
  if (of.page !== 'pro' && of.names !== 'order') {
    const { purchases, kept } = await look()
    expect(purchases).toEqual([])
    expect(kept).toBe(of.names === 'unknown' && !of.refunded ? 1 : 0)
    return
  }
  const fits = of.page === 'pro' && of.quantity === 1 && of.price >= PRICE
  const isBack = of.refunded || of.dispute === 'open'
  const expected = fits ? (isBack ? 'refunded' : 'valid') : undefined
  const codeOf = ({ purchases }: Awaited<ReturnType<typeof look>>) => purchases[0]?.code?.status
  // A sale that does not fit and was refunded changes nothing, so its purchase need not know it.
  const least = fits || !of.refunded ? 1 : 0
  const isEnd = (seen: Awaited<ReturnType<typeof look>>) => codeOf(seen) === expected && seen.purchases.length >= least
  const { purchases } = await waitFor(`a code that is ${expected}`, look, isEnd)
  expect(purchases.length).toBeLessThanOrEqual(1)
  // A disputed excess is nobody's loss, and a refund resolves what did not fit.
  if (of.dispute === 'none' && !of.refunded) expect(purchases[0].needs_attention).toBe(!fits || of.price > PRICE)
}

it(`a sale that fits issues one code: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(
        sale,
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        fc.array(fc.constantFrom(1, 1, 2, 3), { minLength: 8, maxLength: 8 }),
        play,
      ),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number, endOnFailure: true },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
})
