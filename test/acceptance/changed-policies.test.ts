import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, openPage, startBrowser } from '../support/clients/browser.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import { root } from '../support/root.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { waitForEmails } from '../support/stand-ins/emails.ts'
import { type Receiver, startReceiver } from '../support/stand-ins/webhook-receiver.ts'
import { waitFor } from '../support/wait-for.ts'

// The shipped policies with values of their own, or with a coming version.

const ANNOUNCED = new Date(Date.now() + 30 * 86_400_000).toISOString()
const NOW_OFFERED = ['kr_card', 'kakao_pay', 'naver_pay', 'toss', 'payco', 'samsung_pay', 'bank_transfer']
/** Long enough for the start, so that the process has read the file before the version applies. */
const SOON_MS = 10_000

let folder: string
let lotkeeper: Lotkeeper
let receiver: Receiver
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'announced-'))
  await cp(path.join(root, 'policies'), folder, { recursive: true })
  await change('listing-studio.yaml', [['from: 2027-02-01T00:00:00Z', 'from: 2027-02-15T00:00:00Z']])
  await change('kvidai.yaml', [['card: { available_from: null }', 'card: { available_from: 2027-06-01T00:00:00Z }']])
  await addVersion('kvidai', ANNOUNCED, [
    ['price: { amount: 9900, currency: KRW }', 'price: { amount: 10900, currency: KRW }'],
    ['price: { amount: 790000, currency: KRW }', 'price: { amount: 800000, currency: KRW }'],
  ])
  await addVersion('branding', new Date(Date.now() + SOON_MS).toISOString(), [['amount: 900,', 'amount: 990,']])
  ;[lotkeeper, receiver, browser] = await Promise.all([
    startLotkeeper({ POLICIES_DIR: folder, WEBHOOKS_TO_LOOPBACK: 'on', LOTKEEPER_DATA_DIR: folder }),
    startReceiver(),
    startBrowser(),
  ])
})
afterAll(async () => {
  await Promise.all([browser?.close(), receiver?.stop()])
  await lotkeeper?.stop()
  await rm(folder, { recursive: true })
})

type Changes = [before: string, after: string][]

/** Changes values of a policy file. @param to the file for the result */
async function change(file: string, changes: Changes, to = file) {
  let text = await readFile(path.join(folder, file), 'utf8')
  for (const [before, after] of changes) {
    expect(text).toContain(before)
    text = text.replace(before, after)
  }
  await writeFile(path.join(folder, to), text)
}

/** Adds version 2 of a product's policy in a file of its own. */
async function addVersion(product: string, published_at: string, changes: Changes) {
  const version: Changes = [
    ['version: 1', 'version: 2'],
    ['2026-11-01T00:00:00Z', published_at],
  ]
  await change(`${product}.yaml`, [...version, ...changes], `${product}-2.yaml`)
}

const announce = () =>
  lotkeeper.temporal.workflow.execute('policyAnnouncements', {
    workflowId: randomUUID(),
    taskQueue: lotkeeper.taskQueue,
    args: [{ product: 'kvidai', accounts_per_minute: 600_000 }],
  })

it('KV-20 a coming policy is announced once to each account, with what it changes for the customer', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await kvidai.post('/v1/webhook-endpoints', { url: receiver.url, events: ['policy.announced'] })
  const [member, other] = [randomUUID(), randomUUID()]
  const email = `${member}@example.com`
  await kvidai.put(`/v1/accounts/${member}`, { email, language: 'en' })
  await kvidai.post(`/v1/accounts/${member}/memberships`, { plan: 'enterprise' })
  const korean = `${other}@example.com`
  await kvidai.put(`/v1/accounts/${other}`, { email: korean, language: 'ko' })
  // The worker's schedule may be at work at the same time.
  await Promise.all([announce(), announce()])
  expect(await announce()).toEqual({ announced: 0 })

  const packs = 'Packs bought after the publication'
  const credits = [
    'before: Credits: 100 purchased credits for ₩9,900.',
    'after: Credits: 100 purchased credits for ₩10,900.',
  ]
  const messages = await receiver.waitFor(2)
  const told = (account: string) => messages.filter(({ body }) => body.data.account === account)
  expect(told(other).map(({ body }) => body)).toMatchObject([
    {
      type: 'policy.announced',
      data: {
        version: 2,
        applies_at: ANNOUNCED,
        changes: [{ heading: packs, lines: [...credits, 'Earlier purchases keep their amount, price and validity.'] }],
      },
    },
  ])
  expect(JSON.stringify(told(other))).not.toContain('Enterprise credits')
  expect(JSON.stringify(told(member))).toContain('after: Enterprise credits')
  const [sent] = await waitForEmails(folder, email, 1)
  expect(sent?.subject).toMatch(/^Changes to credits at kvidAI from /)
  for (const text of [packs, ...credits, 'Credits that you already have keep their terms.'])
    expect(sent?.text).toContain(text)

  const [written] = await waitForEmails(folder, korean, 1)
  for (const text of ['시행 후 구매하는 상품', '변경 후: Credits: 구매 크레딧 100개, ₩10,900.'])
    expect(written?.text).toContain(text)

  const opened = await openPage(browser, kvidai, `/v1/accounts/${member}`)
  await opened.page.getByText(/^The credit policy of kvidAI changes on /).waitFor()
  await opened.page.getByText('What changes for you').click()
  await opened.page.getByText('after: Enterprise credits').waitFor()
  await checkWidths(opened.page, 'announcement')
  await opened.page.getByRole('combobox').selectOption('de')
  await opened.page.getByText('künftig: Credits: 100 Credits (gekauft) für 10.900 ₩.').waitFor()
  await closeAndCheck(opened)
  expect(receiver.received).toHaveLength(2)
  expect(await waitForEmails(folder, email, 1)).toHaveLength(1)
})

it('KV-20 a version applies from its publication on, without a restart', async () => {
  const branding = lotkeeper.as('branding')
  const account = randomUUID()
  await branding.put(`/v1/accounts/${account}`, {})
  const price = async () =>
    (await branding.get(`/v1/packs?account=${account}`)).body.data.find(({ id }: any) => id === 'boost-100').amount
  expect(await waitFor('the new price', price, amount => amount === 990)).toBe(990)
  const { body } = await branding.post(`/v1/accounts/${account}/purchases`, { pack: 'boost-100', provider: 'manual' })
  expect(body).toMatchObject({ amount: 990 })
})

it('LS-22 launch credits come in each of the two billing cycles that their window overlaps, once for an account', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-02-10T00:00:00.000Z')
  const opening = { plan: 'professional-plus', slots: 50, paid_through: '2027-06-01T00:00:00Z' }
  const { id } = await account.join(opening)
  await account.advance('2027-02-20T00:00:00.000Z')
  await account.updateMembership(id, 'cancel', { when: 'now' })
  await account.join(opening)
  await account.advance('2027-04-02T00:00:00.000Z')
  expect((await account.lots()).filter(lot => lot.includes('launch'))).toEqual([
    '500 launch 2027-02-15 → 2027-03-15',
    '500 launch 2027-03-01 → 2027-03-15',
  ])
})

it('KV-17 a payment method is offered from its date on, in the packs answer, at the checkout and on the page', async () => {
  const account = await createTestAccount(lotkeeper.as('kvidai'), '2027-05-31T00:00:00.000Z')
  const offered = async () => {
    const { body } = await account.caller.get(`/v1/packs?account=${account.path.split('/').at(-1)}`)
    return body.payment_methods.map(({ id }: any) => id)
  }
  const order = { pack: 'credits', payment_method: 'card' }
  const buy = () => account.caller.post(`${account.path}/purchases`, order)
  expect(await offered()).toEqual(NOW_OFFERED)
  expect(await buy()).toMatchObject({ status: 422, body: { errors: [{ path: 'payment_method' }] } })
  await account.advance('2027-06-01T00:00:00.000Z')
  expect(await offered()).toEqual([...NOW_OFFERED, 'card'])
  expect(await buy()).toMatchObject({ status: 201, body: { provider: 'stripe', payment_method: 'card' } })
  const opened = await openPage(browser, account.caller, account.path)
  await opened.page.getByRole('button', { name: /^Buy Credits/ }).click()
  await opened.page.getByRole('radio', { name: 'International card' }).waitFor()
  await closeAndCheck(opened)
})
