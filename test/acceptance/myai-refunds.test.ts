import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../support/stand-ins/lotkeeper-with-gumroad.ts'

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
})
afterAll(() => run?.stop())
beforeEach(() => run.lotkeeper.db.query('delete from code_attempts'))

const refund = (id: string) => run.myai.post(`/v1/purchases/${id}/refund`, { reason: 'changed their mind' })

/** The movements of an account in short, oldest first. */
const entriesOf = async (path: string) =>
  run
    .ok(await run.myai.get(`${path}/entries?limit=100`))
    .data.reverse()
    .map((e: Record<string, string>) => `${e.amount} ${e.source}: ${e.from} → ${e.to}`)

it('MY-08 an unredeemed code is refunded within 30 days and becomes invalid', async () => {
  const { id, email, sale } = await run.buy('starter', 499)
  expect(await refund(id)).toMatchObject({
    status: 200,
    body: { state: 'refunded', refund: { state: 'done', amount: 499 }, code: { status: 'refunded' } },
  })
  await refund(id)
  await run.ping(sale)
  expect(run.gumroad.refunds.filter(line => line.startsWith(sale))).toEqual([`${sale} all`])
  const { path } = await run.account()
  const late = await run.redeem(path, await run.emailedCode(email))
  expect(late).toMatchObject({ status: 409, body: { code: 'code_refunded' } })
  expect(await entriesOf(path)).toEqual([])
})

it('MY-15 a redeemed code is not refunded, nor any code after 30 days', async () => {
  const { id, email, path } = await run.buy('starter', 499)
  await run.redeem(path, await run.emailedCode(email))
  expect(await refund(id)).toMatchObject({
    status: 409,
    body: {
      code: 'refund_used',
      credits: expect.any(Number),
      used: 0,
      detail: expect.stringMatching(/redeemed; 0 of/),
    },
  })
  const { body: clock } = await run.myai.post('/v1/test-clocks', { now: '2027-01-01T00:00:00Z' })
  const buyer = await run.account({ test_clock: clock.id })
  const order = { pack: 'starter', provider: 'manual', buyer_email: buyer.email }
  const bought = run.ok(await run.myai.post(`${buyer.path}/purchases`, order))
  run.ok(await run.myai.post(`/v1/purchases/${bought.id}/payment`, { reference: 'cash' }))
  run.ok(await run.myai.post(`/v1/test-clocks/${clock.id}/advance`, { to: '2027-01-31T00:00:00Z' }))
  expect(await refund(bought.id)).toMatchObject({ status: 409, body: { code: 'refund_window_passed' } })
  expect(await run.redeem(buyer.path, await run.emailedCode(buyer.email))).toMatchObject({ status: 201 })
})

it('MY-13 the unused part of redeemed credits is refunded by exception; spent ones stay with the customer', async () => {
  const { id, email, sale, path } = await run.buy('starter', 499)
  await run.redeem(path, await run.emailedCode(email))
  run.ok(await run.myai.post(`${path}/charges`, { operation: 'portrait', outputs: 2 }))
  const url = `/v1/purchases/${id}/refund`
  expect(run.ok(await run.myai.get(url))).toMatchObject({
    by_policy: null,
    refusal: { code: 'refund_used' },
    by_exception: { credits: 3, amount: 299, needs_approval: false },
  })
  expect(await run.myai.post(url, { exception: true, reason: 'hardship' })).toMatchObject({
    status: 200,
    body: { state: 'refunded', refund: { state: 'done', credits: 3, amount: 299 } },
  })
  await run.ping(sale)
  expect(run.gumroad.refunds.filter(line => line.startsWith(sale))).toEqual([`${sale} 299`])
  expect(await run.available(path)).toBe(0)
  expect(run.ok(await run.myai.get(`${path}/balance`))).toMatchObject({ debt: 0 })
  expect((await entriesOf(path)).at(-1)).toBe('3 purchased: available → revoked')
})

it('MY-08 a refund that Gumroad declines makes the code valid again', async () => {
  const { id, email, sale, path } = await run.buy('starter', 499)
  run.gumroad.change(sale, { declines_refunds: true })
  expect(await refund(id)).toMatchObject({
    body: {
      state: 'fulfilled',
      needs_attention: true,
      refund: { state: 'failed' },
      code: { status: 'valid' },
    },
  })
  expect(await run.redeem(path, await run.emailedCode(email))).toMatchObject({ status: 201 })
})

it('MY-09 nothing is charged automatically: there are no subscriptions, and a year adds no purchase', async () => {
  const { body: clock } = await run.myai.post('/v1/test-clocks', { now: '2027-01-01T00:00:00Z' })
  const { path, name } = await run.account({ test_clock: clock.id })
  const { email } = await run.buy('starter', 499)
  await run.redeem(path, await run.emailedCode(email))
  await run.myai.post(`${path}/charges`, { operation: 'portrait', outputs: 5 })
  expect(await run.myai.post(`${path}/charges`, { operation: 'portrait' })).toMatchObject({
    status: 402,
    body: { code: 'insufficient_credits' },
  })
  expect(await run.myai.post(`${path}/memberships`, { plan: 'any' })).toMatchObject({ status: 422 })
  run.ok(await run.myai.post(`/v1/test-clocks/${clock.id}/advance`, { to: '2028-01-01T00:00:00Z' }))
  expect(run.ok(await run.myai.get(`/v1/purchases?account=${name}`)).data).toEqual([])
  expect(await entriesOf(path)).toHaveLength(3)
})

it('MY-10 a gift: the recipient gets the code directly, and the buyer does not', async () => {
  const gift_to = `friend-${Date.now()}@example.org`
  const { email, path } = await run.buy('popular', 899, { gift_to })
  const [giftEmail] = await run.emails(gift_to, 1)
  expect(giftEmail?.text).toMatch(/^You received a gift: 10 credits for MyAI/m)
  expect(giftEmail?.text).not.toContain(email)
  expect(await run.emails(email)).toEqual([])
  const friend = await run.account()
  expect(await run.redeem(friend.path, await run.emailedCode(gift_to))).toMatchObject({ status: 201 })
  expect(await run.available(friend.path)).toBe(10)
  expect([await entriesOf(friend.path), await entriesOf(path)]).toEqual([['10 purchased: issued → available'], []])
  expect(await run.available(path)).toBe(0)
})

it('MY-11 the status of a code can be read without redeeming it', async () => {
  const { id, email, path } = await run.buy('starter', 499)
  const first = await run.emailedCode(email)
  expect(await run.check(first)).toEqual({ status: 'valid' })
  expect(await run.check(first.toLowerCase().replaceAll('-', ''))).toEqual({ status: 'valid' })
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/replace`))
  const second = await run.emailedCode(email, 2)
  expect(await run.check(first)).toEqual({ status: 'replaced' })
  await run.redeem(path, second)
  expect(await run.check(second)).toEqual({ status: 'redeemed' })
  const other = await run.buy('starter', 499)
  await refund(other.id)
  expect(await run.check(await run.emailedCode(other.email))).toEqual({ status: 'refunded' })
  expect(await run.check('never issued')).toMatchObject({ code: 'code_invalid' })
  expect(await entriesOf(path)).toEqual(['5 purchased: issued → available'])
  expect(await run.available(path)).toBe(5)
})
