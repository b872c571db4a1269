import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { BOUGHT_AT, order, orderPaid } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.setDown(false))
afterAll(() => run?.stop())

const as = (product: string) => run.lotkeeper.as(product)
const accountOf = ({ path }: { path: string }) => path.split('/').at(-1)
const eventsOf = ({ timeline }: { timeline: { what: string }[] }) => timeline.map(({ what }) => what)

const purchasedEntries = async (account: TestAccount) =>
  (await account.entries()).filter(line => line.includes(' purchased: '))

async function createMember() {
  const account = await createTestAccount(as('x-design'), BOUGHT_AT)
  const { id } = await account.join({ plan: 'member', paid_through: '2027-02-28T09:00:00Z' })
  return { account, membership: id }
}

/** Blocks writes to the lots of an account. @returns unblocks them */
async function blockGrants(path: string): Promise<() => Promise<void>> {
  const { db } = run.lotkeeper
  const { rows } = await db.query('select account_key from accounts where account = $1', [path.split('/').at(-1)])
  const name = `blocked_${rows[0].account_key.replaceAll('-', '')}`
  await db.query(`create function ${name}() returns trigger language plpgsql as $$
    begin if new.account_key = '${rows[0].account_key}' then raise exception 'blocked'; end if; return new; end $$`)
  await db.query(`create trigger ${name} before insert on lots for each row execute function ${name}()`)
  return async () => {
    await db.query(`drop trigger ${name} on lots`)
    await db.query(`drop function ${name}`)
  }
}

it('XD-02 a member may buy at any time, a non-member may not', async () => {
  const nonMember = await createTestAccount(as('x-design'), BOUGHT_AT)
  expect(await as('x-design').get(`/v1/packs?account=${accountOf(nonMember)}`)).toMatchObject({
    status: 200,
    body: { data: [] },
  })
  expect(await as('x-design').post(`${nonMember.path}/purchases`, { pack: 'credits-100' })).toMatchObject({
    status: 403,
    body: { code: 'membership_required' },
  })
  expect(await nonMember.entries()).toEqual([])
  const { account } = await createMember()
  const packs = await as('x-design').get(`/v1/packs?account=${accountOf(account)}`)
  expect(packs.body.data[0]).toEqual({
    id: 'credits-100',
    name: '100 credits',
    credits: 100,
    amount: 990,
    full_amount: 990,
    currency: 'USD',
    validity: 'P2Y',
    quantities: null,
    discount_percent: 0,
    delivery: 'credits',
    prices: [{ quantity: 1, amount: 990, full_amount: 990, discount_percent: 0, validity: 'P2Y' }],
  })
  const bought = await orderPaid(run, 'x-design', { pack: 'credits-100' }, account)
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', amount: 990, credits: 100 })
  expect(await purchasedEntries(account)).toEqual(['2027-01-31T09:00:00 100 purchased: issued → available'])
})

it('XD-11 purchased credits are valid for two years; a lapse freezes them and does not extend them', async () => {
  const { account, membership } = await createMember()
  await orderPaid(run, 'x-design', { pack: 'credits-500' }, account)
  expect((await account.lots()).at(-1)).toBe('500 purchased 2027-01-31T09:00:00 → 2029-01-31T09:00:00')
  await account.advance('2027-06-01T00:00:00.000Z')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 0, held: 0, frozen: 500 })
  await account.updateMembership(membership, 'reactivate', { paid_through: '2027-07-01T00:00:00Z' })
  expect((await account.balance()).by_source.purchased).toEqual({ available: 500, held: 0, frozen: 0 })
  await account.advance('2029-01-31T08:59:59.000Z')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 0, held: 0, frozen: 500 })
  await account.advance('2029-01-31T09:00:00.000Z')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 0, held: 0, frozen: 0 })
})

it('XD-13 a recharge is not refundable, even unused', async () => {
  const { account } = await createMember()
  const bought = await orderPaid(run, 'x-design', { pack: 'credits-100' }, account)
  expect(await bought.post('refund', { reason: 'changed my mind' })).toMatchObject({
    status: 409,
    body: { code: 'refund_not_offered' },
  })
  expect(await purchasedEntries(account)).toEqual(['2027-01-31T09:00:00 100 purchased: issued → available'])
  expect((await account.balance()).by_source.purchased.available).toBe(100)
})

it('XD-14 while a grant fails, the purchase is shown as in progress, and the grant is retried until it succeeds', async () => {
  const { account } = await createMember()
  const bought = await order(run, 'x-design', { pack: 'credits-100' }, account)
  const unblock = await blockGrants(account.path)
  bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({
    state: 'fulfilling',
    message: 'Payment received. Adding credits.',
    lots: [],
  })
  await account.advance('2027-01-31T09:10:00.000Z')
  expect(await bought.show()).toMatchObject({ state: 'delayed', needs_attention: true, lots: [] })
  await unblock()
  const shown = await waitFor('the grant', bought.show, ({ state }) => state !== 'delayed')
  expect(shown).toMatchObject({
    state: 'fulfilled',
    needs_attention: false,
    bonus: 0,
    lots: [{ granted: 100 }],
  })
  expect((await account.balance()).by_source.purchased.available).toBe(100)
})

it('BR-23 a report of missing credits for an unpaid order says that no payment is known, and what to send', async () => {
  const account = await createTestAccount(as('branding'), BOUGHT_AT)
  const { body } = await as('branding').post(`${account.path}/purchases`, { pack: 'boost-500', provider: 'manual' })
  const { body: reported } = await as('branding').post(`/v1/purchases/${body.id}/missing`)
  expect(reported.message).toMatch(/^No payment is known for this order\. If you paid, send support the order number/)
  const { body: paid } = await as('branding').post(`/v1/purchases/${body.id}/payment`, { reference: `cash-${body.id}` })
  expect(paid.message).toBe('Your credits have been added.')
})

it('XD-14 missing credits are reissued once, even if the first grant succeeds later', async () => {
  const { account } = await createMember()
  const bought = await order(run, 'x-design', { pack: 'credits-100' }, account)
  expect(await bought.post('missing')).toMatchObject({ status: 200, body: { state: 'awaiting_payment' } })
  expect(eventsOf(await bought.show())).toEqual(['ordered', 'checkout_ready', 'missing_reported', 'not_paid'])
  bought.pay()
  const late = run.stripe.event('checkout.session.completed', bought.session)
  expect((await bought.post('missing')).body).toMatchObject({
    state: 'reissued',
    bonus: 0,
    lots: [{ granted: 100, source: 'purchased' }],
  })
  await run.deliver(late)
  await bought.post('reissue')
  await bought.post('missing')
  expect((await bought.show()).lots).toHaveLength(1)
  expect(await purchasedEntries(account)).toEqual(['2027-01-31T09:00:00 100 purchased: issued → available'])
  expect((await account.balance()).by_source.purchased.available).toBe(100)
})

it('XD-14 support reissues credits while the provider is unavailable, and a late payment event grants nothing more', async () => {
  const { account } = await createMember()
  const bought = await order(run, 'x-design', { pack: 'credits-100' }, account)
  bought.pay()
  run.stripe.setDown(true)
  expect((await bought.post('missing')).body).toMatchObject({ state: 'delayed', needs_attention: true })
  expect((await bought.post('reissue')).body).toMatchObject({ state: 'reissued', needs_attention: false })
  run.stripe.setDown(false)
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({ state: 'reissued', lots: [{ granted: 100 }] })
  expect((await bought.show()).paid_at).not.toBeNull()
})

it('BR-10 an unreported payment is found automatically, and its credits come with a bonus', async () => {
  const bought = await order(run, 'branding', { pack: 'boost-500' })
  bought.pay()
  await bought.time.advance('2027-01-31T09:09:59.000Z')
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment' })
  await bought.time.advance('2027-01-31T09:10:00.000Z')
  expect(await bought.show()).toMatchObject({
    state: 'reissued',
    bonus: 50,
    lots: [
      { granted: 500, source: 'purchased', expires_at: null },
      { granted: 50, source: 'bonus', expires_at: null },
    ],
  })
  await bought.deliverEvent('checkout.session.completed')
  await bought.post('reissue')
  expect(await bought.time.balance()).toMatchObject({ available: 550 })
  expect(await bought.time.entries()).toEqual([
    '2027-01-31T09:10:00 500 purchased: issued → available',
    '2027-01-31T09:10:00 50 bonus: issued → available',
  ])
})

it('BR-10 an unpaid purchase gets nothing', async () => {
  const bought = await order(run, 'branding', { pack: 'boost-500' })
  await bought.time.advance('2027-01-31T09:10:00.000Z')
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment' })
  await bought.time.advance('2027-02-02T00:00:00.000Z')
  expect(await bought.show()).toMatchObject({ state: 'expired' })
  bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', bonus: 0 })
})

it('KV-01 purchased credits are valid for 365 days from the purchase', async () => {
  const { time: account } = await orderPaid(run, 'kvidai', { pack: 'credits' })
  expect(await account.lots()).toEqual(['100 purchased 2027-01-31T09:00:00 → 2028-01-31T09:00:00'])
})

it('KV-02 1, 2, 3, 6 or 12 packages are valid for as many months; other quantities are refused, and no package extends another', async () => {
  const account = await createTestAccount(as('kvidai'), BOUGHT_AT)
  for (const quantity of [1, 2, 3, 6, 12]) await orderPaid(run, 'kvidai', { pack: 'bulk', quantity }, account)
  const lots = [
    '1000 purchased 2027-01-31T09:00:00 → 2027-02-28T09:00:00',
    '2000 purchased 2027-01-31T09:00:00 → 2027-03-31T09:00:00',
    '3000 purchased 2027-01-31T09:00:00 → 2027-04-30T09:00:00',
    '6000 purchased 2027-01-31T09:00:00 → 2027-07-31T09:00:00',
    '12000 purchased 2027-01-31T09:00:00 → 2028-01-31T09:00:00',
  ]
  expect(await account.lots()).toEqual(lots)
  await orderPaid(run, 'kvidai', { pack: 'bulk', quantity: 1 }, account)
  expect(await account.lots()).toEqual([...lots, lots[0]])
  expect(await purchasedEntries(account)).toEqual(
    [1, 2, 3, 6, 12, 1].map(n => `2027-01-31T09:00:00 ${n}000 purchased: issued → available`),
  )
  for (const quantity of [-1, 0, 4, 5, 7, 13])
    expect(await as('kvidai').post(`${account.path}/purchases`, { pack: 'bulk', quantity })).toMatchObject({
      status: 422,
      body: { code: 'quantity_not_offered', quantities: [1, 2, 3, 6, 12] },
    })
})

it('KV-06 credits cannot be bought for another account', async () => {
  const account = await createTestAccount(as('kvidai'), BOUGHT_AT)
  expect(
    await as('kvidai').post(`${account.path}/purchases`, { pack: 'credits', gift_to: 'friend@example.com' }),
  ).toMatchObject({ status: 409, body: { code: 'transfer_not_allowed' } })
  expect(await account.entries()).toEqual([])
})

it('KV-11 a recorded bank transfer grants the credits once', async () => {
  const kvidai = as('kvidai')
  const account = await createTestAccount(kvidai, BOUGHT_AT)
  const request = { pack: 'credits', quantity: 2, provider: 'bank_transfer' }
  const bought = await kvidai.post(`${account.path}/purchases`, request, `order-${account.path}`)
  expect(bought).toMatchObject({
    status: 201,
    body: {
      state: 'awaiting_payment',
      amount: 19800,
      currency: 'KRW',
      credits: 200,
      lots: [],
      checkout_url: null,
    },
  })
  const repeated = await kvidai.post(`${account.path}/purchases`, request, `order-${account.path}`)
  expect(repeated.headers.get('idempotent-replayed')).toBe('true')
  expect(repeated.body).toEqual(bought.body)
  const other = { ...request, quantity: 3 }
  expect(await kvidai.post(`${account.path}/purchases`, other, `order-${account.path}`)).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  })
  const path = `/v1/purchases/${bought.body.id}`
  const paid = await kvidai.post(`${path}/payment`, { reference: 'KB-4711' })
  expect(paid).toMatchObject({ status: 200, body: { state: 'fulfilled', lots: [{ granted: 200 }] } })
  await kvidai.post(`${path}/payment`, { reference: 'KB-4711' })
  await kvidai.post(`${path}/payment`, { reference: 'KB-4712' })
  expect(await account.entries()).toEqual(['2027-01-31T09:00:00 200 purchased: issued → available'])
  expect((await kvidai.get('/v1/purchases?reference=KB-4711')).body.data).toMatchObject([{ id: bought.body.id }])
  const { body: refunded } = await kvidai.post(`${path}/refund`, { reason: 'changed their mind' })
  expect(refunded).toMatchObject({
    state: 'refunded',
    needs_attention: true,
    refund: { state: 'done', credits: 200, amount: 19800 },
  })
  expect(await account.balance()).toMatchObject({ available: 0, debt: 0 })
})

it('KV-12 enterprise customers have packs, volume prices and a validity of their own', async () => {
  const account = await createTestAccount(as('kvidai'), BOUGHT_AT)
  const refused = await as('kvidai').post(`${account.path}/purchases`, { pack: 'enterprise' })
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'pack' }] } })
  await account.join({ plan: 'enterprise' })
  const { data } = (await as('kvidai').get(`/v1/packs?account=${account.path.split('/').at(-1)}`)).body
  const { prices } = data.find(({ id }: { id: string }) => id === 'enterprise')
  expect(prices).toEqual([
    { quantity: 1, full_amount: 790000, amount: 790000, discount_percent: 0, validity: 'P3Y' },
    { quantity: 5, full_amount: 3950000, amount: 3555000, discount_percent: 10, validity: 'P3Y' },
    { quantity: 10, full_amount: 7900000, amount: 6715000, discount_percent: 15, validity: 'P3Y' },
  ])
  const bought = await orderPaid(run, 'kvidai', { pack: 'enterprise', quantity: 10 }, account)
  expect(await bought.show()).toMatchObject({ amount: 6715000, discount_percent: 15, credits: 100000 })
  expect((await account.lots()).at(-1)).toBe('100000 purchased 2027-01-31T09:00:00 → 2030-01-31T09:00:00')
  expect(await purchasedEntries(account)).toEqual(['2027-01-31T09:00:00 100000 purchased: issued → available'])
})
