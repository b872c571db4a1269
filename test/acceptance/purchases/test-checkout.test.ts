import { randomUUID } from 'node:crypto'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper?.stop())

async function order() {
  const kvidai = lotkeeper.as('kvidai')
  const time = await createTestAccount(kvidai, '2027-01-31T09:00:00.000Z')
  const { body } = await kvidai.post(`${time.path}/purchases`, { pack: 'credits', provider: 'stripe' })
  const submit = (name: string) =>
    fetch(body.checkout_url, { method: 'POST', body: new URLSearchParams({ event: name }) })
  return {
    time,
    submit,
    url: body.checkout_url,
    show: async () => (await kvidai.get(`/v1/purchases/${body.id}`)).body,
  }
}

it('without keys, purchases are paid on a page that is marked as a test', async () => {
  const { submit, url, show, time } = await order()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/test-checkout\/kvidai\/pur_/)
  const page = await (await fetch(url)).text()
  expect(page).toMatch(/TEST checkout.*no money moves.*₩9,900.*awaiting_payment/s)
  const paid = await submit('pay')
  expect(await paid.text()).toContain('<strong>fulfilled</strong>')
  expect(await show()).toMatchObject({ state: 'fulfilled', lots: [{ granted: 100 }] })
  await submit('dispute')
  expect(await time.balance()).toMatchObject({ available: 0 })
  await submit('win')
  expect(await time.balance()).toMatchObject({ available: 100 })
  await submit('refund')
  expect(await show()).toMatchObject({ state: 'refunded', lots: [{ available: 0 }] })
  const { rows } = await lotkeeper.db.query('select type, outcome from stripe_events order by recorded_at')
  expect(rows).toEqual(
    ['checkout.session.completed', 'charge.dispute.created', 'charge.dispute.closed', 'charge.refunded'].map(type => ({
      type,
      outcome: 'processed',
    })),
  )
})

it.each([
  ['fail', 'failed'],
  ['expire', 'expired'],
])('the test page can make a payment %s', async (name, state) => {
  const { submit, show } = await order()
  await submit(name)
  expect(await show()).toMatchObject({ state, lots: [] })
  expect((await submit('dispute')).status).toBe(422)
})

it('without Gumroad the test page sends the ping, and the email is in the mailbox', async () => {
  const myai = lotkeeper.as('myai')
  const path = `/v1/accounts/${randomUUID()}`
  await myai.put(path, {})
  const order = { pack: 'starter', buyer_email: 'test-buyer@example.org' }
  const { body: bought } = await myai.post(`${path}/purchases`, order)
  const show = async () => (await myai.get(`/v1/purchases/${bought.id}`)).body
  const submit = (name: string) =>
    fetch(bought.checkout_url, { method: 'POST', body: new URLSearchParams({ event: name }) })
  expect(await (await fetch(bought.checkout_url)).text()).toMatch(/TEST checkout.*replaces Gumroad/s)
  expect((await submit('expire')).status).toBe(422)
  await submit('pay')
  expect(await show()).toMatchObject({ state: 'fulfilled', code: { status: 'valid', sent: true } })
  const mailbox = await (await fetch(`${lotkeeper.url}/mailbox`)).text()
  expect(mailbox).toMatch(/To test-buyer@example\.org.*Your redemption code for 5 credits/s)
  await submit('dispute')
  expect(await show()).toMatchObject({ state: 'disputed', code: { status: 'refunded' } })
  await submit('win')
  expect(await show()).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  await submit('refund')
  expect(await show()).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
})

it('production has no test page, and refuses Stripe purchases without a key', async () => {
  const production = await startLotkeeper({
    NODE_ENV: 'production',
    SMTP_URL: 'smtp://127.0.0.1:1',
    SERVER_SECRETS: '1:0123456789abcdef0123456789abcdef',
  })
  try {
    const { url } = await order()
    const { pathname } = new URL(url)
    expect((await fetch(`${production.url}${pathname}`)).status).toBe(404)
    const kvidai = production.as('kvidai')
    await kvidai.put('/v1/accounts/ada', {})
    expect(await kvidai.post('/v1/accounts/ada/purchases', { pack: 'credits', provider: 'stripe' })).toMatchObject({
      status: 409,
      body: {
        code: 'not_configured',
        title: 'A required setting is missing.',
        detail: 'STRIPE_SECRET_KEY is not set, so stripe payments are unavailable.',
      },
    })
  } finally {
    await production.stop()
  }
})
