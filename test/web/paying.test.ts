import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { checkWidths, closeAndCheck, type OpenedPage, openPage, startBrowser } from '../support/clients/browser.ts'
import type { Caller } from '../support/clients/caller.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import { root } from '../support/root.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../support/stand-ins/lotkeeper-with-gumroad.ts'

// Purchases, plans, codes, invoices and e-mails as customers see them; page.test.ts tests the rest.

let run: LotkeeperWithGumroad
let browser: Browser
let current: OpenedPage | undefined
let policies: string

beforeAll(async () => {
  policies = await mkdtemp(path.join(tmpdir(), 'policies-'))
  for (const folder of ['policies', 'test/policies']) await cp(path.join(root, folder), policies, { recursive: true })
  const started = startLotkeeperWithGumroad({ POLICIES_DIR: policies })
  ;[run, browser] = await Promise.all([started, startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await run?.stop()
  await rm(policies, { recursive: true, force: true })
})
beforeEach(() => run.lotkeeper.db.query('delete from code_attempts'))
afterEach(async () => {
  const opened = current
  current = undefined
  await closeAndCheck(opened)
})

async function customer(product: string): Promise<{ caller: Caller; path: string }> {
  const caller = run.lotkeeper.as(product)
  const path = `/v1/accounts/${randomUUID()}`
  await caller.put(path, {})
  return { caller, path }
}

const available = (page: Page, amount: string) =>
  page
    .getByTestId('available')
    .filter({ hasText: new RegExp(`^${amount}$`) })
    .waitFor()

async function open({ caller, path }: { caller: Caller; path: string }): Promise<Page> {
  current = await openPage(browser, caller, path, { viewport: { width: 320, height: 900 } })
  return current.page
}

it('an order shows its total, and leads to the payment', async () => {
  const page = await open(await customer('kvidai'))
  await page.route(/checkout/, route => route.fulfill({ body: 'pay here' }))
  await page.getByRole('button', { name: /^Buy Bulk credits/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Packages').selectOption('3')
  expect(await dialog.textContent()).toMatch(/₩264,000.*3,000 credits · valid for 3 months/)
  await checkWidths(page, 'order')
  await dialog.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/checkout/)
  await page.goto(`${run.lotkeeper.url}/portal`)
  await page.locator('.tag', { hasText: 'Waiting for your payment' }).waitFor()
})

it('KV-12 the page shows price and discount by quantity, and the checkout asks the same', async () => {
  const buyer = await customer('kvidai')
  await buyer.caller.post(`${buyer.path}/memberships`, { plan: 'enterprise' })
  const page = await open(buyer)
  await page.route(/checkout/, route => route.fulfill({ body: 'pay here' }))
  await page.getByText('up to 15% off for more packages').waitFor()
  await page.getByRole('button', { name: /^Buy Enterprise credits/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Packages').fill('10')
  expect(await dialog.textContent()).toMatch(
    /₩6,715,000 15% off instead of ₩7,900,000100,000 credits · valid for 3 years/,
  )
  await dialog.getByLabel('Packages').fill('7')
  expect(await dialog.textContent()).toMatch(/₩4,977,000 10% off instead of ₩5,530,000/)
  expect(await dialog.locator('.prices tbody tr').allTextContents()).toEqual([
    'from 1₩790,0003 years',
    'from 5₩3,555,00010% off3 years',
    'from 10₩6,715,00015% off3 years',
  ])
  await checkWidths(page, 'volume-price')
  await dialog.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/checkout/)
  const { data } = (await buyer.caller.get(`/v1/purchases?account=${buyer.path.split('/').at(-1)}`)).body
  expect(data[0]).toMatchObject({ quantity: 7, amount: 4977000, discount_percent: 10 })
  await page.goto(`${run.lotkeeper.url}/portal`)
  await page.getByTestId('available').waitFor()
})

it('a purchase shows its progress without a reload', async () => {
  const buyer = await customer('kvidai')
  const { body: purchase } = await buyer.caller.post(`${buyer.path}/purchases`, {
    pack: 'bulk',
    quantity: 3,
    provider: 'manual',
  })
  const page = await open(buyer)
  await page.locator('.tag', { hasText: 'Waiting for your payment' }).waitFor()
  await buyer.caller.post(`/v1/purchases/${purchase.id}/payment`, { reference: 'seen by hand' })
  await page.locator('.tag', { hasText: 'Credits added' }).waitFor()
  await available(page, '3,000')
  await page.getByText('Bulk credits × 3').click()
  expect(await page.locator('.timeline li span').allTextContents()).toEqual(
    expect.arrayContaining(['Ordered', 'Payment received', 'Credits added']),
  )
  expect(await page.locator('.inside .facts').textContent()).toMatch(
    new RegExp(
      `^Order number${purchase.id}Payment referenceseen by handRefundPossible until .* Contact support. support@kvidai.example$`,
    ),
  )
  expect(await page.locator('.transactions li').first().textContent()).toMatch(
    /^Purchase\+3,000Purchased · .*balance 3,000$/,
  )
  await checkWidths(page, 'paid')
})

it('a customer reports missing credits, and support sees it', async () => {
  const buyer = await customer('kvidai')
  const { body: purchase } = await buyer.caller.post(`${buyer.path}/purchases`, {
    pack: 'bulk',
    provider: 'manual',
  })
  const page = await open(buyer)
  await page.getByText('Bulk credits', { exact: true }).last().click()
  await page.getByRole('button', { name: 'Report missing credits' }).click()
  await page.getByText('No payment is known for this order.').waitFor()
  expect((await buyer.caller.get(`/v1/purchases/${purchase.id}`)).body.timeline).toEqual(
    expect.arrayContaining([expect.objectContaining({ what: 'missing_reported' })]),
  )
})

it('a code is redeemed, and its credits appear without a reload', async () => {
  const { email } = await run.buy('popular', 899)
  const code = await run.emailedCode(email)
  const page = await open(await customer('myai'))
  await page.getByRole('textbox', { name: 'Code' }).fill(` ${code.toLowerCase()} `)
  await page.getByRole('button', { name: 'Redeem' }).click()
  await page.getByText('10 credits were added.').waitFor()
  await available(page, '10')
  expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('')
})

it('MY-12 a code without an address asks for one, is sent there, and is redeemed beside it', async () => {
  const buyer = await customer('myai')
  const { body } = await buyer.caller.post(`${buyer.path}/purchases`, { pack: 'starter', provider: 'manual' })
  await buyer.caller.post(`/v1/purchases/${body.id}/payment`, { reference: 'cash' })
  const page = await open(buyer)
  await page.locator('.tag', { hasText: 'E-mail address missing' }).waitFor()
  await page.locator('summary', { hasText: 'Starter' }).click()
  await checkWidths(page, 'address-missing')
  const email = `u-${randomUUID()}@example.org`
  await page.getByLabel('Send the code to this e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByText('The redemption code was sent to u…@example.org.').waitFor()
  expect(await page.getByText('Credits added').count()).toBe(0)
  await checkWidths(page, 'code-sent')
  await page.getByLabel('Code from the e-mail').fill(await run.emailedCode(email))
  await page.locator('.inside').getByRole('button', { name: 'Redeem' }).click()
  await page.locator('.tag', { hasText: 'Code redeemed' }).waitFor()
  await available(page, '5')
})

it('MY-14 a product without plans does not speak of memberships', async () => {
  const page = await open(await customer('myai'))
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Credits')
  expect(await page.locator('main').textContent()).not.toMatch(/member|rejoin|plan\b/i)
  await checkWidths(page, 'without-plans')
})

it('a wrong code is explained, and can be tried again', async () => {
  const page = await open(await customer('myai'))
  await page.getByRole('textbox', { name: 'Code' }).fill('abcd-efgh-jklm-npqr')
  await page.getByRole('button', { name: 'Redeem' }).click()
  await page.getByText('Unknown code.').waitFor()
  await checkWidths(page, 'wrong-code')
  if (current) current.errors.length = 0 // the browser reports the 404
})

it('a statement opens from the page, with the purchases of the month', async () => {
  const buyer = await customer('listing-studio')
  await buyer.caller.post(`${buyer.path}/memberships`, { plan: 'basic' })
  await buyer.caller.post(`${buyer.path}/purchases`, { pack: 'basic-small' })
  const page = await open(buyer)
  const [statement] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: /^Statement \d{4}-\d\d-EUR/ }).click(),
  ])
  await statement.getByText('€50.00').first().waitFor()
  await checkWidths(statement, 'statement')
})

it('plans are chosen by price, in the colors of the product; a purchase shows until when it is refundable', async () => {
  const account = await createTestAccount(run.lotkeeper.as('talktime'), '2027-03-10T00:00:00.000Z')
  const buy = async () => {
    const { body } = await account.caller.post(`${account.path}/purchases`, { pack: 'hour', provider: 'manual' })
    await account.caller.post(`/v1/purchases/${body.id}/payment`, { reference: 'cash' })
  }
  await buy()
  await account.advance('2027-03-30T00:00:00.000Z')
  await buy()
  const page = await open(account)
  const plans = page.locator('.plans')
  expect(await plans.locator('li').allTextContents()).toEqual([
    'Solo€19.00 a month300 credits a monthfree trial of 3 daysJoin',
    'Team€29.00 a month per slot500 credits a month per slotJoin',
    'Newsroom€2,400.00 a yearUnlimited, within fair useJoin',
  ])
  expect(await plans.getByRole('link', { name: 'Join: Team' }).getAttribute('href')).toBe(
    'https://talktime.example/plans?plan=team',
  )
  expect(await page.getByRole('img', { name: 'Talktime' }).getAttribute('src')).toMatch(/^data:image/)
  for (const summary of await page.locator('summary', { hasText: 'One hour' }).all()) await summary.click()
  expect(await page.locator('.inside .facts').allTextContents()).toEqual([
    expect.stringMatching(/RefundPossible until 13 Apr 2027, 00:00 UTC. Contact support. talktime.example\/help$/),
    expect.stringMatching(/RefundWas possible until 24 Mar 2027, 00:00 UTC.$/),
  ])
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await checkWidths(page, `brand-${colorScheme}`)
  }
  const { id } = await account.join({ plan: 'solo' })
  await plans.getByText('Newsroom').waitFor({ state: 'hidden' })
  await page.getByText('Other plans').click()
  await plans.getByRole('link', { name: 'Change: Team' }).waitFor()
  await account.updateMembership(id, 'lapse')
  await plans.getByRole('link', { name: 'Rejoin: Solo' }).waitFor()
})

it('LS-15 billing details given on the page make the statement an invoice, which can be printed', async () => {
  const account = await createTestAccount(run.lotkeeper.as('talktime'), '2027-04-10T09:00:00.000Z', { language: 'en' })
  await account.caller.post(`${account.path}/purchases`, { pack: 'hour', provider: 'invoice' })
  await account.advance('2027-05-02T00:00:00.000Z')
  const page = await open(account)
  await page.getByLabel('Name or company').fill('Ada Ltd')
  await page.getByLabel('Address, with postal code and country').fill('2 Lane\nLondon')
  await checkWidths(page, 'billing')
  await page.getByRole('button', { name: 'Save' }).click()
  const link = page.getByRole('link', { name: /^Invoice TEST-TT-\d{6}$/ })
  await page.getByText('Saved.').waitFor()
  const [invoice] = await Promise.all([page.waitForEvent('popup'), link.click()])
  await invoice.getByRole('heading', { name: /^Invoice TEST-TT/ }).waitFor()
  for (const words of ['Talktime GmbH', 'Ada Ltd', 'London', 'One hour', 'IBAN DE02', 'VAT 19 %'])
    expect(await invoice.locator('main').textContent()).toContain(words)
  await checkWidths(invoice, 'invoice')
  await invoice.emulateMedia({ media: 'print' })
  expect(await invoice.getByText('To save it as a PDF').isVisible()).toBe(false)
  const pdf = await invoice.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
})

it('an e-mail fits a phone and a desktop mail program, in light and dark', async () => {
  const { email } = await run.buy('popular', 899)
  const [sent] = await run.emails(email, 1)
  const page = await browser.newPage()
  // Mail programs show an e-mail within a landmark of their own.
  const shown = sent?.html.replace(/<body[^>]*>/, '$&<main>').replace('</body>', '</main></body>')
  await page.setContent(shown ?? '')
  expect(await page.locator('body').textContent()).toContain('Your redemption code')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await checkWidths(page, `email-${colorScheme}`, [320, 600])
  }
  await page.close()
})
