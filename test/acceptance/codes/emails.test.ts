import type { Answer } from '../../support/clients/caller.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'
import { startSmtpStandIn } from '../../support/stand-ins/smtp.ts'
import { waitFor } from '../../support/wait-for.ts'

// Emails by SMTP, and codes whose email cannot be sent.

type Smtp = Awaited<ReturnType<typeof startSmtpStandIn>>
let smtp: Smtp
let run: LotkeeperWithGumroad

beforeAll(async () => {
  smtp = await startSmtpStandIn()
  run = await startLotkeeperWithGumroad({ SMTP_URL: smtp.url, MAIL_FROM: 'codes@myai.example' })
})
afterAll(async () => {
  await run?.stop()
  await smtp?.stop()
})
beforeEach(() => smtp.refuse(null))

const emailsTo = (address: string) => smtp.emails.filter(({ to }) => to === address)

it('an email is sent by SMTP once, and its Message-ID is recorded', async () => {
  const { email, id } = await run.buy('starter', 499)
  await waitFor('the email', () => emailsTo(email).length > 0)
  const [mail] = emailsTo(email)
  expect(mail?.raw).toMatch(/^From: MyAI <codes@myai\.example>$/m)
  await waitFor('the code to be sent', async () => (await run.purchase(id)).code.sent)
  const { rows } = await run.lotkeeper.db.query('select message_id from sent_emails where email_key like $1', [
    `%${id}%`,
  ])
  expect(rows).toHaveLength(1)
  expect(mail?.raw).toContain(`Message-ID: ${rows[0].message_id}`)
  expect(emailsTo(email)).toHaveLength(1)
  expect(await fetch(`${run.lotkeeper.url}/mailbox`)).toMatchObject({ status: 404 })
})

it('a temporarily refused email is retried, and blocks nothing else', async () => {
  smtp.refuse('451 try again later')
  const { email, id } = await run.buy('starter', 499)
  expect(await run.purchase(id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid', sent: false } })
  const other = await run.buy('starter', 499)
  const refunded = await run.myai.post(`/v1/purchases/${other.id}/refund`, { reason: 'no email' })
  expect(refunded).toMatchObject({ status: 200, body: { state: 'refunded', code: { status: 'refunded' } } })
  smtp.refuse(null)
  await waitFor('the email', () => emailsTo(email).length > 0)
  await waitFor('the code to be sent', async () => (await run.purchase(id)).code.sent)
  expect(emailsTo(other.email)).toEqual([])
})

it('a permanently refused address raises attention; support resends to another address', async () => {
  smtp.refuse('550 no such mailbox')
  const { email, id } = await run.buy('starter', 499)
  await waitFor('attention', async () => (await run.purchase(id)).needs_attention)
  expect((await run.purchase(id)).timeline.at(-1)).toMatchObject({ what: 'code_rejected' })
  smtp.refuse(null)
  const elsewhere = `other-${email}`
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/resend`, { email: elsewhere }))
  await waitFor('the email', () => emailsTo(elsewhere).length > 0)
  await waitFor('attention to end', async () => !(await run.purchase(id)).needs_attention)
  expect(emailsTo(email)).toEqual([])
})

it('MY-12 without an address nothing is said to be sent; the customer gives one, once, and support sees who redeems', async () => {
  const buyer = await run.account()
  const order = { pack: 'starter', provider: 'manual' }
  const { id } = run.ok(await run.myai.post(`${buyer.path}/purchases`, order))
  run.ok(await run.myai.post(`/v1/purchases/${id}/payment`, { reference: 'cash' }))
  const unsent = await waitFor(
    'attention',
    () => run.purchase(id),
    purchase => purchase.needs_attention,
  )
  expect(unsent).toMatchObject({
    message: 'Your redemption code was not sent: we have no email address for it.',
    code: { status: 'valid', sent: false, to: null, email_problem: 'no_address' },
  })
  const manage = run.lotkeeper.as('myai', 'manage')
  const give = (email: string) => manage.post(`/v1/purchases/${id}/code/address`, { email })
  expect(await give(buyer.email)).toMatchObject({ status: 200 })
  const sent = await waitFor(
    'the code to be sent',
    () => run.purchase(id),
    purchase => purchase.code.sent,
  )
  expect(sent).toMatchObject({
    message: 'The redemption code was emailed to a…@example.org. Redeem it to add the credits.',
    needs_attention: false,
    code: { to: 'a…@example.org', email_problem: null, redeemed_by: null },
  })
  expect(emailsTo(buyer.email)).toHaveLength(1)
  expect(await give('thief@example.org')).toMatchObject({ status: 422, body: { code: 'invalid_request' } })

  const friend = await run.account()
  const code = /[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/.exec(emailsTo(buyer.email)[0]?.raw ?? '')?.[0] ?? ''
  expect(await run.redeem(friend.path, code)).toMatchObject({ status: 201 })
  const redeemed = { status: 'redeemed', redeemed_at: expect.any(String) }
  expect(await run.purchase(id)).toMatchObject({ code: { ...redeemed, redeemed_by: friend.name } })
  expect((await manage.get(`/v1/purchases/${id}`)).body).toMatchObject({
    message: 'The redemption code was redeemed.',
    code: { ...redeemed, redeemed_by: null },
  })
})

it('EM-07 a mail server that fails delays no credits, and the email is sent once it accepts again', async () => {
  const buyer = await run.account()
  const bought = run.ok(await run.myai.post(`${buyer.path}/purchases`, { pack: 'starter', provider: 'manual' }))
  run.ok(await run.myai.put(buyer.path, { email: buyer.email }))
  smtp.refuse('451 try again later')
  run.ok(await run.myai.post(`/v1/purchases/${bought.id}/missing`))
  run.ok(await run.myai.post(`/v1/purchases/${bought.id}/payment`, { reference: 'cash' }))
  expect(await run.purchase(bought.id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  const list = () => run.lotkeeper.as('myai', 'support').get(`${buyer.path}/emails`)
  const isRefused = ({ body }: Answer) => body.data[0]?.outcome === 'not accepted (451)'
  expect((await waitFor('a refused attempt', list, isRefused)).body.data).toMatchObject([{ state: 'queued' }])
  smtp.refuse(null)
  await waitFor('the email', () => emailsTo(buyer.email).filter(({ raw }) => /have arrived/.test(raw)).length > 0)
  expect((await list()).body.data).toMatchObject([{ kind: 'credits_late', state: 'sent', about: bought.id }])
})
