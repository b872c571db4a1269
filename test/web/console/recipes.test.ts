import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { checkWidths, startBrowser } from '../../support/clients/browser.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { type ConsolePage, openConsole } from '../../support/console/console-page.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

// Each recipe of support, done from the console alone.

/** Every recipe takes fewer. */
const CLICKS = 10

let lotkeeper: Lotkeeper
let browser: Browser
let current: ConsolePage | undefined

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})
afterEach(async () => {
  const opened = current
  current = undefined
  await opened?.close()
  expect(opened?.errors).toEqual([])
  expect(opened?.clicks()).toBeLessThan(CLICKS)
})

async function open(product: string): Promise<ConsolePage> {
  current = await openConsole(browser, lotkeeper, `/${product}/inbox`)
  return current
}

type Customer = { caller: Caller; account: string; path: string; email: string }

async function customer(product: string): Promise<Customer> {
  const account = `c-${randomUUID()}`
  const email = `${account}@example.org`
  const caller = lotkeeper.as(product)
  await caller.put(`/v1/accounts/${account}`, { email })
  return { caller, account, path: `/v1/accounts/${account}`, email }
}

/** What Stripe would report of a purchase. */
async function atStripe(product: string, purchase: string, event: string): Promise<void> {
  const body = new URLSearchParams({ event })
  await fetch(`${lotkeeper.url}/test-checkout/${product}/${purchase}`, { method: 'POST', body, redirect: 'manual' })
}

async function buy({ caller, path }: Customer, pack: string, provider: string): Promise<string> {
  const { body } = await caller.post(`${path}/purchases`, { pack, provider })
  return body.id
}

async function payByHand({ caller }: Customer, id: string): Promise<void> {
  await caller.post(`/v1/purchases/${id}/payment`, { reference: `transfer ${id}` })
}

const state = async ({ caller }: Customer, purchase: string): Promise<string> =>
  (await caller.get(`/v1/purchases/${purchase}`)).body.state
const available = async ({ caller, path }: Customer): Promise<number> =>
  (await caller.get(`${path}/balance`)).body.available

const dialog = (page: Page) => page.getByRole('dialog')

/** Gives the reason, reads what will happen, and confirms. @param effect what the preview must say */
async function confirm({ page, click }: ConsolePage, button: string, effect: RegExp): Promise<void> {
  await dialog(page).getByLabel('Reason').fill('asked by the customer')
  await page.getByRole('region', { name: 'What will happen' }).filter({ hasText: effect }).waitFor()
  await click(dialog(page).getByRole('button', { name: button, exact: true }))
  await dialog(page).waitFor({ state: 'detached' })
}

/** On a phone in the dark, and on a wide screen. */
async function checkLooks(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await checkWidths(page, `${name}-dark`, [390])
  await page.emulateMedia({ colorScheme: 'light' })
  await checkWidths(page, `${name}-light`, [1280])
}

it('credits did not arrive: finds the purchase by the e-mail address, and reissues it', async () => {
  const eve = await customer('kvidai')
  const purchase = await buy(eve, 'credits', 'manual')
  await eve.caller.post(`/v1/purchases/${purchase}/missing`)
  const console = await open('kvidai')
  await console.search(eve.email)
  await console.page.getByRole('article', { name: 'Credits are late' }).waitFor()
  await checkLooks(console.page, 'account')
  await console.press('Reissue')
  await confirm(console, 'Reissue', /100 credits granted.*0 → .*100/)
  await console.page.getByText('Reissued 100 credits.').waitFor()
  await console.page.getByTestId('available').filter({ hasText: /^100$/ }).waitFor()
  expect(await available(eve)).toBe(100)
})

it('a lost code: finds the purchase by its number, and replaces the code', async () => {
  const eve = await customer('myai')
  const purchase = await buy(eve, 'starter', 'manual')
  await payByHand(eve, purchase)
  const console = await open('myai')
  await console.search(purchase)
  await console.page.getByText('not redeemed').waitFor()
  await console.press('Replace code')
  await dialog(console.page).getByLabel('Another e-mail address').fill('new@example.org')
  await checkLooks(console.page, 'replace-code')
  await confirm(console, 'Replace code', /old one becomes invalid.*sent to new@example.org/)
  await console.page.getByText('Code replaced by a new one').waitFor()
  expect((await eve.caller.get(`/v1/purchases/${purchase}`)).body.code).toMatchObject({ status: 'valid', issue: 2 })
})

it('a refund: shows the money and the credits, by the policy and by exception', async () => {
  const eve = await customer('kvidai')
  const purchase = await buy(eve, 'credits', 'manual')
  await payByHand(eve, purchase)
  await eve.caller.post(`${eve.path}/charges`, { operation: 'image', outputs: 15 })
  const console = await open('kvidai')
  await console.search(purchase)
  await console.press('Refund')
  await checkLooks(console.page, 'refund')
  await confirm(console, 'Refund', /₩6,930.*70 credits/)
  await waitFor(
    'the refund',
    () => state(eve, purchase),
    each => each === 'refunded',
  )
  expect(await available(eve)).toBe(0)
})

it('a chargeback: shows what was taken back and what is owed', async () => {
  const eve = await customer('kvidai')
  const purchase = await buy(eve, 'credits', 'stripe')
  await atStripe('kvidai', purchase, 'pay')
  await waitFor(
    'the credits',
    () => available(eve),
    credits => credits === 100,
  )
  await eve.caller.post(`${eve.path}/charges`, { operation: 'image', outputs: 30 })
  await atStripe('kvidai', purchase, 'dispute')
  await waitFor(
    'the dispute',
    () => state(eve, purchase),
    each => each === 'disputed',
  )
  const console = await open('kvidai')
  await console.search(eve.account)
  await console.page.getByTestId('debt').filter({ hasText: /^60$/ }).waitFor()
  await console.click(console.page.getByRole('link', { name: 'Timeline' }))
  await console.page.getByText('Credits: Dispute opened').waitFor()
  await checkLooks(console.page, 'chargeback')
})

it('a wrong balance: audits it, restores what support took, and has the words for the customer', async () => {
  const eve = await customer('branding')
  await eve.caller.post(`${eve.path}/grants`, { source: 'bonus', amount: 90, reason: 'welcome' })
  await eve.caller.post(`${eve.path}/adjustments`, { source: 'bonus', amount: -40, reason: 'wrong customer' })
  const console = await open('branding')
  await console.search(eve.account)
  await console.press('Audit')
  await confirm(console, 'Audit', /recomputed by the rules/)
  await console.page.getByText('40 credits: “wrong customer”').waitFor()
  await checkLooks(console.page, 'audit')
  await console.press('Restore')
  await confirm(console, 'Restore', /40 credits/)
  await console.page.getByText('given back', { exact: true }).waitFor()
  await console.page.getByRole('link', { name: 'Write the e-mail' }).waitFor()
  expect(await available(eve)).toBeGreaterThanOrEqual(90)
})

it('downtime: compensates a generation with the bonus of the policy', async () => {
  const eve = await customer('branding')
  await eve.caller.post(`${eve.path}/grants`, { source: 'bonus', amount: 90, reason: 'welcome' })
  const { body } = await eve.caller.post(`${eve.path}/charges`, { operation: 'standard-video' })
  const console = await open('branding')
  await console.search(body.id)
  // The account's header offers a compensation without a generation, too.
  await console.click(console.page.getByRole('listitem').getByRole('button', { name: 'Compensate' }))
  await dialog(console.page).getByLabel('Cause').selectOption('downtime')
  await checkLooks(console.page, 'compensate')
  await confirm(console, 'Compensate', /25 credits/)
  await console.page.getByText('Gave back 25 and a bonus of 50.').waitFor()
  expect(await available(eve)).toBe(90 + 50)
})
