import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import { waitForEmails } from '../../support/stand-ins/emails.ts'
import {
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  startLotkeeperWithStripe,
  subscribed,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

// Emails that the policies send besides redemption codes: each once, after its cause is committed.

let run: LotkeeperWithStripe
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-emails-'))
  run = await startLotkeeperWithStripe({ LOTKEEPER_DATA_DIR: dataDir })
})
afterAll(async () => {
  await run?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const START = '2027-01-31T09:00:00.000Z'

/** A customer with an address and a language. */
async function customer(product: string, fields: object = {}): Promise<TestAccount & { email: string }> {
  const email = `${randomUUID()}@customer.example`
  return { ...(await createTestAccount(run.lotkeeper.as(product), START, { email, ...fields })), email }
}

const inbox = (email: string, count: number) => waitForEmails(dataDir, email, count)

it('EM-01 a payment has one receipt, in the language of the account, with order number and link', async () => {
  const buyer = await customer('branding', { language: 'de', time_zone: 'Europe/Berlin' })
  const bought = await order(run, 'branding', { pack: 'boost-500' }, buyer)
  bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  const [receipt] = await inbox(buyer.email, 1)
  expect(receipt?.subject).toMatch(/^Beleg für 500 credits von /)
  expect(receipt?.text).toContain(`Bestellnummer: ${bought.id}\nDatum: 31. Januar 2027 um 10:00 MEZ`)
  expect(receipt?.text).toMatch(/Preis: 39,00\s\$/)
  for (const form of [receipt?.text, receipt?.html]) {
    expect(form).toContain('https://branding.example/credits')
    expect(form).toContain('support@branding.example')
  }
  await bought.deliverEvent('checkout.session.completed')
  expect((await bought.post('missing')).status).toBe(200)
  expect(await inbox(buyer.email, 1)).toHaveLength(1)
})

it('EM-02 credits that arrive late are announced with their bonus (BR-10)', async () => {
  const buyer = await customer('branding')
  const bought = await order(run, 'branding', { pack: 'boost-500' }, buyer)
  bought.pay()
  expect((await bought.post('missing')).body).toMatchObject({ state: 'reissued', bonus: 50 })
  const [late] = (await inbox(buyer.email, 2)).filter(({ subject }) => /arrived/.test(subject))
  expect(late).toMatchObject({ subject: 'Your 550 credits have arrived' })
  expect(late?.text).toContain('As an apology we added 50 credits.')
})

it('EM-03 a compensation names its cause and its bonus (BR-11)', async () => {
  const buyer = await customer('branding', { language: 'ko' })
  const given = { lost: 20, cause: 'downtime', reason: 'Ada called twice' }
  const support = run.lotkeeper.as('branding', 'support')
  expect((await support.post(`${buyer.path}/compensations`, given)).status).toBe(201)
  const [email] = await inbox(buyer.email, 1)
  expect(email?.text).toContain('사유: 서비스 중단\n돌려드린 크레딧: 20\n보너스: 40')
  expect(email?.text).not.toContain('Ada called')
})

it('EM-04 a payment that is due is announced; one that arrived meanwhile is not', async () => {
  const { time, id } = await subscribed(run)
  const email = `${randomUUID()}@customer.example`
  await run.design.put(time.path, { email })
  await run.deliver(run.stripe.event('invoice.paid', run.stripe.invoice(id, JAN, FEB)))
  const open = run.stripe.invoice(id, FEB, MAR, { status: 'open' })
  run.stripe.change(id, { status: 'past_due' })
  await run.deliver(run.stripe.event('invoice.payment_failed', open))
  await time.advance('2026-02-10T12:00:00.000Z')
  const [due] = await inbox(email, 1)
  expect(due?.subject).toBe('The payment for Member is due')
  expect(due?.text).toContain('You can use all credits until February 11, 2026 at 12:00 AM UTC.')
})

it('EM-05 credits that expire are announced a week before, in one email a day', async () => {
  const owner = await customer('kvidai', { language: 'en' })
  await owner.grant('promotional', 30)
  await owner.grant('promotional', 12)
  await owner.advance('2027-04-24T09:00:00.000Z')
  await owner.advance('2027-04-25T09:00:00.000Z')
  const emails = await inbox(owner.email, 1)
  expect(emails.map(({ subject }) => subject)).toEqual(['42 credits expire on May 1, 2027'])
  await owner.advance('2027-04-30T09:00:00.000Z')
  expect(await inbox(owner.email, 1)).toHaveLength(1)
})

it('EM-06 an account without an address gets none, and support sees why', async () => {
  const nobody = await createTestAccount(run.lotkeeper.as('branding'), START)
  const support = run.lotkeeper.as('branding', 'support')
  await support.post(`${nobody.path}/compensations`, { lost: 5, cause: 'downtime' })
  const list = () => support.get(`${nobody.path}/emails`)
  const { body } = await waitFor('the outcome', list, answer => answer.body.data[0]?.state === 'not_sent')
  expect(body.data).toMatchObject([{ kind: 'compensation', outcome: 'no address', next_attempt_at: null }])
})
