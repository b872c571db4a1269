import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, type OpenedPage, openPage, startBrowser } from '../../support/clients/browser.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// Which blocks the page has, in which order, and what they say; test/web tests how it behaves.

let lotkeeper: Lotkeeper
let browser: Browser
let kvidai: Caller
let path: string
let current: OpenedPage | undefined

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
  kvidai = lotkeeper.as('kvidai')
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})
beforeEach(async () => {
  path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, { time_zone: 'Asia/Seoul' })
})
afterEach(async () => {
  const opened = current
  current = undefined
  await closeAndCheck(opened)
})

const grant = (amount: number) => kvidai.post(`${path}/grants`, { source: 'purchased', amount, reason: 'test' })

it.each([
  ['x-design', ['Try 7 tools free of charge', 'Choose a plan']],
  ['myai', ['Buy credits', 'Redeem a code']],
  ['kvidai', ['Choose a plan', 'Buy credits']],
])('LK-11 an empty account of %s says what can be done first, and shows no empty blocks', async (product, ways) => {
  const caller = lotkeeper.as(product)
  await caller.put(path, {})
  current = await openPage(browser, caller, path)
  const { page } = current
  const welcome = page.getByRole('region', { name: /^Welcome to/ })
  expect(await welcome.getByRole('link').allTextContents()).toEqual(ways)
  for (const link of await welcome.getByRole('link').all())
    expect(await page.locator((await link.getAttribute('href')) ?? '').count()).toBe(1)
  for (const heading of ['Credits in spending order', 'Usage', 'Activity', 'Transactions', 'Purchases', 'Export'])
    expect(await page.getByRole('heading', { name: heading, exact: true }).count()).toBe(0)
  await checkWidths(page, `empty-${product}`)
})

it('LK-11 on a phone buying comes before the list of lots; on a desktop it stands beside it', async () => {
  await grant(10)
  current = await openPage(browser, kvidai, path, { viewport: { width: 320, height: 900 } })
  const { page } = current
  const top = (name: string) =>
    page.getByRole('heading', { name, exact: true }).evaluate(element => element.getBoundingClientRect().top)
  expect(await top('Buy credits')).toBeLessThan(await top('Credits in spending order'))
  await page.setViewportSize({ width: 1280, height: 900 })
  const left = (name: string) =>
    page.getByRole('heading', { name, exact: true }).evaluate(element => element.getBoundingClientRect().left)
  expect(await left('Buy credits')).toBeGreaterThan(await left('Credits in spending order'))
})

it('LK-10 the page leads back to the product and to the support, and lists what each tool costs', async () => {
  current = await openPage(
    browser,
    kvidai,
    path,
    { locale: 'de-DE' },
    { return_url: 'https://app.example/', locale: 'en' },
  )
  const { page } = current
  expect(await page.getByRole('link', { name: 'Back to kvidAI' }).getAttribute('href')).toBe('https://app.example/')
  expect(await page.locator('footer').getByRole('link').getAttribute('href')).toBe('mailto:support@kvidai.example')
  const costs = page.getByRole('region', { name: 'What tools cost' })
  expect(await costs.locator('.costs > div').allTextContents()).toEqual([
    'Image2 credits per image',
    'Video20 credits per video',
    'Text1 credit per text',
    'Chat1 credit per 1,000 input tokens4 credits per 1,000 output tokens',
    'Preview model2 credits per outputOnly with Membership or Enterprise',
  ])
  await checkWidths(page, 'back')
})

it('while it loads the page shows its shape, and nothing moves afterwards', async () => {
  await grant(10)
  const { body: link } = await kvidai.post(`${path}/portal-sessions`, { return_url: 'https://app.example/' })
  const context = await browser.newContext({ viewport: { width: 320, height: 900 } })
  const page = await context.newPage()
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await page.route('**/portal/api/usage*', async route => {
    await held
    await route.continue()
  })
  /** The height of the head, and where the balance and the card beside or below it begin. */
  const places = () => Promise.all(['.top', '.first', '.second'].map(part => page.locator(part).evaluate(placeOf)))
  await page.goto(link.url)
  await page.locator('[aria-busy=true]').waitFor()
  await checkWidths(page, 'loading')
  const before = await places()
  release()
  await page.getByTestId('available').waitFor()
  expect(await places()).toEqual(before)
  await page.setViewportSize({ width: 320, height: 900 })
  expect((await places())[0]?.height).toBeLessThan(90)
  await context.close()
})

const placeOf = (element: any) => {
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x, y, width, ...(element.tagName === 'HEADER' ? { height } : {}) }
}

it('LK-13 transactions say why credits came and went, and a scheduled downgrade is shown with its date', async () => {
  const account = await createTestAccount(lotkeeper.as('branding'), '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'agency', paid_through: '2027-03-15T00:00:00Z' })
  const { body: video } = await account.generate({ operation: 'standard-video' })
  await account.settle(video.id, 'complete')
  const support = (call: string, body: object) => account.caller.post(`${account.path}/${call}`, body)
  await support('adjustments', { source: 'monthly', amount: -200, reason: 'counted twice' })
  await support('compensations', { generation: video.id, cause: 'poor-quality' })
  await account.updateMembership(id, 'change', { plan: 'freelancer' })
  current = await openPage(browser, account.caller, account.path)
  const { page } = current
  await page.getByText('Changes to Freelancer on 15 Feb 2027, 00:00 UTC.').waitFor()
  const shown = page.locator('.transaction')
  const words = async () => (await shown.allTextContents()).map(text => text.replace(/(Monthly|Bonus)( · |:).*/, ''))
  expect(await words()).toEqual([
    'Bonus with a compensation: poor quality of the result+50',
    'Compensation: poor quality of the result+25',
    'Deducted: “counted twice”−200',
    'Credits of the month+1,500',
  ])
  await page.getByText('Other plans').click()
  await page.getByText('500 credits a month').waitFor()
  await checkWidths(page, 'transactions')
  await page.getByRole('button', { name: 'Include generations' }).click()
  await page.getByText('Spent on a generation').waitFor()
  expect(await shown.count()).toBe(6)
  await checkWidths(page, 'all-transactions')
  await page.getByRole('button', { name: 'Leave out generations' }).click()
  await page.getByText('Spent on a generation').waitFor({ state: 'detached' })
  expect(await shown.count()).toBe(4)
})

it('LK-12 every day and time is in the time zone of the account, which the page names', async () => {
  await kvidai.post(`${path}/grants`, {
    source: 'promotional',
    amount: 5,
    reason: 'test',
    expires_at: '2031-06-30T22:30:00Z',
  })
  current = await openPage(browser, kvidai, path, { timezoneId: 'America/New_York' })
  const { page } = current
  expect(await page.locator('.lots li').textContent()).toMatch(/1 Jul 2031, 07:30 GMT\+9/)
  expect(await page.locator('footer').textContent()).toContain('All days and times are in the time zone Asia/Seoul.')
  const zones = new Set((await page.locator('main').textContent())?.match(/\b(GMT|EST|UTC)\S*/g))
  expect(zones).toEqual(new Set(['GMT+9']))
})
