import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import {
  axeFindings,
  checkWidths,
  closeAndCheck,
  type OpenedPage,
  openPage,
  startBrowser,
} from '../support/clients/browser.ts'
import type { Caller } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

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

const open = async (options = {}) => {
  current = await openPage(browser, kvidai, path, { viewport: { width: 320, height: 900 }, ...options })
  return current.page
}

const grant = (amount: number, source = 'purchased') =>
  kvidai.post(`${path}/grants`, { source, amount, reason: 'test' })

const generate = async (outputs: number) =>
  (await kvidai.post(`${path}/generations`, { operation: 'image', outputs })).body.id as string

const complete = (id: string, delivered: number) => kvidai.post(`/v1/generations/${id}/complete`, { delivered })

/** Creates a membership, credits of every source, and generations in every state. */
async function createActivity() {
  await kvidai.post(`${path}/memberships`, { plan: 'membership' })
  await grant(1234)
  await grant(40, 'promotional')
  await complete(await generate(4), 3)
  await complete(await generate(2), 0)
  await generate(1)
}

it('the page is complete, and fits every width in light and dark', async () => {
  await createActivity()
  const page = await open()
  for (const heading of ['Plan & Credits', 'Plan', 'Credits in spending order', 'Usage', 'Activity', 'Export'])
    expect(await page.getByRole('heading', { name: heading, exact: true }).count()).toBe(1)
  await page.locator('summary').first().click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await checkWidths(page, `page-${colorScheme}`)
  }
  await page.getByRole('button', { name: 'Cancel membership' }).click()
  await checkWidths(page, 'cancelling')
})

it('shows which credits stay usable and which freeze before it cancels', async () => {
  await createActivity()
  const page = await open()
  await page.getByRole('button', { name: 'Cancel membership' }).click()
  const dialog = page.getByRole('dialog')
  // The unspent purchased and promotional credits stay usable; the 300 of the membership freeze.
  const { by_source } = (await kvidai.get(`${path}/balance`)).body
  const kept = by_source.purchased.available + by_source.promotional.available
  const words = await dialog.textContent()
  expect(words).toContain(`${kept.toLocaleString('en-GB')} credits stay usable`)
  // They live 30 days: in a longer month they expire before the membership ends.
  expect(words).toMatch(new RegExp(`${by_source.membership.available} credits (freeze|expire before)`))
  expect(words).toContain('You do not receive the next 300 credits.')
  await dialog.getByRole('button', { name: 'Cancel membership' }).click()
  await page.getByText(/it will not renew/).waitFor()
  const { body } = await kvidai.get(`${path}/memberships`)
  expect(body.data[0]).toMatchObject({ state: 'active', cancel_at_period_end: true })
})

it('after a lapse frozen credits are shown separately', async () => {
  await createActivity()
  const { body } = await kvidai.get(`${path}/memberships`)
  await kvidai.post(`/v1/memberships/${body.data[0].id}/lapse`)
  const page = await open()
  const { frozen } = (await kvidai.get(`${path}/balance`)).body
  expect(frozen).toBeGreaterThan(0)
  expect(await page.getByTestId('frozen').textContent()).toBe(String(frozen))
  await page.getByText(`${frozen} credits are frozen, not lost`).waitFor()
  expect(await page.locator('.lots .frozen').count()).toBe(1)
  expect(await axeFindings(page)).toEqual([])
})

it('after signing out nothing is shown', async () => {
  await grant(10)
  const page = await open()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Session ended' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.reload()
  await page.getByRole('heading', { name: 'Session ended' }).waitFor()
  const opened = current
  current = undefined
  await opened?.close()
  // The browser reports each request without a session.
  expect(opened?.errors.filter(error => !error.includes('401'))).toEqual([])
})

it('a reservation and its settlement appear without a reload', async () => {
  await grant(100)
  const page = await open()
  const number = (id: string, text: string) =>
    page
      .getByTestId(id)
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor()
  await number('available', '100')
  await page.evaluate(() => Object.assign(globalThis, { stayed: true }))
  const id = await generate(4)
  await number('available', '92')
  await number('held', '8')
  await page.locator('.tag', { hasText: 'In progress' }).waitFor()
  await complete(id, 3)
  await number('available', '94')
  await number('held', '0')
  await page.locator('.tag', { hasText: 'Partly done' }).waitFor()
  expect(await page.evaluate(() => (globalThis as any).stayed)).toBe(true)
  expect(await page.locator('[aria-live=polite]').textContent()).toBe('94 credits available now.')
})

it('every action works with the keyboard: skip, open, cancel, keep, and cancel', async () => {
  await createActivity()
  const page = await open()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the balance')
  await page.keyboard.press('Enter')
  const tabTo = async (text: string) => {
    for (let tabs = 0; tabs < 80; tabs++) {
      await page.keyboard.press('Tab')
      if (String(await page.evaluate('document.activeElement?.textContent')).startsWith(text)) return
    }
    throw new Error(`${text} cannot be reached by Tab`)
  }
  await tabTo('Cancel membership')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Cancel membership')
  await tabTo('Image')
  await page.keyboard.press('Enter')
  await page.getByText('Drawn from').first().waitFor()
})

it('the language can be chosen, and stays', async () => {
  const page = await open()
  await page.getByLabel('Language').selectOption('ko')
  await page.getByText('사용 가능한 크레딧').waitFor()
  await page.reload()
  await page.getByText('사용 가능한 크레딧').waitFor()
})

it('the chart is labelled, and the table holds its numbers', async () => {
  await createActivity()
  const page = await open()
  expect(await page.getByRole('img', { name: /^Chart of credits spent/ }).getAttribute('aria-label')).toMatch(
    /6 credits in total/,
  )
  expect(await page.getByRole('table').locator('tbody tr').allTextContents()).toEqual([expect.stringMatching(/663$/)])
  await page.getByLabel('12 months').check()
  expect(await page.getByRole('table').locator('tbody tr').count()).toBe(1)
})

it('CSV and JSON downloads are complete', async () => {
  await createActivity()
  const page = await open()
  for (const [name, rows] of [
    ['CSV', (text: string) => text.trim().split('\n').length - 1],
    ['JSON', (text: string) => JSON.parse(text).length],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: `Download ${name}` }).click(),
    ])
    const { body } = await kvidai.get(`${path}/entries?limit=100`)
    expect(rows(await readFile(await download.path(), 'utf8'))).toBe(body.data.length)
  }
})

it('earlier generations load on request', async () => {
  await grant(100)
  for (let done = 0; done < 22; done++) await kvidai.post(`${path}/charges`, { operation: 'text' })
  const page = await open()
  expect(await page.locator('.history summary').count()).toBe(20)
  await page.getByRole('button', { name: 'Show earlier activity' }).click()
  await page.locator('.history summary').nth(21).waitFor()
  await page.getByRole('button', { name: 'Show earlier activity' }).waitFor({ state: 'detached' })
})

it.each([
  ['de-DE', 'Verfügbare Credits', '1.234', 'de'],
  ['ko-KR', '사용 가능한 크레딧', '1,234', 'ko'],
  ['fr-FR', 'Available credits', '1,234', 'en'],
])('is shown in %s as far as translated', async (locale, words, number, lang) => {
  await grant(1234)
  const page = await open({ locale })
  await page.getByText(words, { exact: true }).waitFor()
  expect(await page.getByTestId('available').textContent()).toBe(number)
  expect(await page.evaluate('document.documentElement.lang')).toBe(lang)
  expect(await axeFindings(page)).toEqual([])
})

it.each([
  ['en-GB', '1 credit is frozen, not lost: you can use it again'],
  ['de-DE', '1 Credit ist eingefroren, nicht verloren: Du kannst ihn nutzen'],
])('in %s one credit is singular', async (locale, words) => {
  const { body } = await kvidai.post(`${path}/memberships`, { plan: 'membership' })
  for (const outputs of [100, 100, 99]) await kvidai.post(`${path}/charges`, { operation: 'text', outputs })
  await kvidai.post(`/v1/memberships/${body.id}/lapse`)
  const page = await open({ locale })
  await page.getByText(words).waitFor()
})

it.each(['/portal', '/console', '/console/kvidai/inbox'])('%s may load own resources only', async address => {
  const response = await fetch(`${lotkeeper.url}${address}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
  )
})
