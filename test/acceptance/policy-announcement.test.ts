import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, openPage, startBrowser } from '../support/clients/browser.ts'
import { root } from '../support/root.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { waitForEmails } from '../support/stand-ins/emails.ts'
import { type Receiver, startReceiver } from '../support/stand-ins/webhook-receiver.ts'
import { waitFor } from '../support/wait-for.ts'

const ANNOUNCED = new Date(Date.now() + 30 * 86_400_000).toISOString()
/** Long enough for the start, so that the process has read the file before the version applies. */
const SOON_MS = 10_000

let folder: string
let lotkeeper: Lotkeeper
let receiver: Receiver
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'announced-'))
  await cp(path.join(root, 'policies'), folder, { recursive: true })
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

/** Adds version 2 of a product's policy in a file of its own. */
async function addVersion(product: string, published_at: string, changes: [before: string, after: string][]) {
  let text = await readFile(path.join(folder, `${product}.yaml`), 'utf8')
  const all = [['version: 1', 'version: 2'], ['2026-11-01T00:00:00Z', published_at], ...changes] as const
  for (const [before, after] of all) {
    expect(text).toContain(before)
    text = text.replace(before, after)
  }
  await writeFile(path.join(folder, `${product}-2.yaml`), text)
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
  await kvidai.put(`/v1/accounts/${other}`, {})
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

  const opened = await openPage(browser, kvidai, `/v1/accounts/${member}`)
  await opened.page.getByText(/^The credit policy of kvidAI changes on /).waitFor()
  await opened.page.getByText('What changes for you').click()
  await opened.page.getByText('after: Enterprise credits').waitFor()
  await checkWidths(opened.page, 'announcement')
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
