import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { checkWidths, closeAndCheck, type OpenedPage, openPage, startBrowser } from '../support/clients/browser.ts'
import type { Caller } from '../support/clients/caller.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../support/stand-ins/lotkeeper-with-gumroad.ts'

// Purchases, codes and invoices on the page; page.test.ts tests the rest.

let run: LotkeeperWithGumroad
let browser: Browser
let current: OpenedPage | undefined

beforeAll(async () => {
  ;[run, browser] = await Promise.all([startLotkeeperWithGumroad(), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await run?.stop()
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
    /₩6,715,00015% off instead of ₩7,900,000100,000 credits · valid for 3 years/,
  )
  await dialog.getByLabel('Packages').fill('7')
  expect(await dialog.textContent()).toMatch(/₩4,977,00010% off instead of ₩5,530,000/)
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
  expect(await page.locator('.inside .facts').textContent()).toBe(
    `Order number${purchase.id}Payment referenceseen by hand`,
  )
  await page.getByRole('button', { name: 'Show transactions' }).click()
  expect(await page.locator('.transactions li').first().textContent()).toMatch(
    /^3,000 credits Purchased: issued → available.*balance 3,000$/,
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
  await statement
    .getByText(/50,00\s€/)
    .first()
    .waitFor()
  await checkWidths(statement, 'statement')
})
