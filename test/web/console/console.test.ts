import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import type { Scope } from '../../../db/accounts/api-keys.ts'
import { checkWidths, startBrowser } from '../../support/clients/browser.ts'
import { type ConsolePage, openConsole } from '../../support/console/console-page.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// What every screen of the console does; recipes.test.ts has the work of support.

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
  expect(opened?.errors ?? []).toEqual([])
})

async function open(path: string, roles: Record<string, Scope> = { '*': 'admin' }): Promise<ConsolePage> {
  current = await openConsole(browser, lotkeeper, path, { roles })
  return current
}

async function newAccount(): Promise<string> {
  const account = `c-${randomUUID()}`
  await lotkeeper.as('kvidai').put(`/v1/accounts/${account}`, {})
  return account
}

it('the products of a person are offered, and one alone is opened', async () => {
  const { page } = await open('', { kvidai: 'support', myai: 'read' })
  await page.getByRole('link', { name: /^myai/ }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/myai/inbox')
  await current?.close()
  const other = await open('', { kvidai: 'support' })
  await other.page.waitForURL(/kvidai\/inbox$/)
})

it('a person who may only read sees no acts and no search', async () => {
  const account = await newAccount()
  const { page } = await open(`/kvidai/accounts/${account}/timeline`, { kvidai: 'read' })
  await page.getByText('Nothing has happened yet.').waitFor()
  expect(await page.getByRole('button', { name: 'Grant' }).count()).toBe(0)
  expect(await page.getByRole('searchbox').count()).toBe(0)
  expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0)
})

it('a grant shows the balance before and after, records the person, and is undone', async () => {
  const account = await newAccount()
  const { page, press } = await open(`/kvidai/accounts/${account}`)
  await press('Grant')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Credits').fill('100')
  await dialog.getByText(/0 → .*100/).waitFor()
  expect(await dialog.getByRole('button', { name: 'Grant' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Reason').fill('a gift')
  await dialog.getByRole('button', { name: 'Grant' }).click()
  await page.getByText('Granted 100 credits.').waitFor()
  await page.getByTestId('available').filter({ hasText: /^100$/ }).waitFor()
  await press('Undo')
  await dialog.getByText(/100 → .*0/).waitFor()
  await dialog.getByLabel('Reason').fill('wrong customer')
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await page.getByTestId('available').filter({ hasText: /^0$/ }).waitFor()
  const { data } = (await lotkeeper.as('kvidai').get(`/v1/accounts/${account}/activity`)).body
  expect(data).toMatchObject([
    { actor: 'Sam <Sam@support.example>', action: 'adjustment', reason: 'wrong customer' },
    { actor: 'Sam <Sam@support.example>', action: 'grant', reason: 'a gift' },
  ])
})

it('everything works with the keyboard: search, skip, open an act and leave it', async () => {
  const account = await newAccount()
  const { page } = await open('/kvidai/inbox')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type(account)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: account, level: 1 }).waitFor()
  const grant = page.getByRole('button', { name: 'Grant' })
  await grant.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Grant')
})

it('a long list keeps few rows in the page, and reads on while it is scrolled', async () => {
  const prefix = `long-${randomUUID().slice(0, 8)}`
  const many = Array.from({ length: 130 }, (_, n) => `${prefix}-${n}`)
  await Promise.all(many.map(account => lotkeeper.as('kvidai').put(`/v1/accounts/${account}`, {})))
  const { page } = await open(`/kvidai/accounts?account=${prefix}`)
  const oldest = page.getByRole('link', { name: `${prefix}-`, exact: false }).last()
  await oldest.waitFor()
  expect(await page.locator('tbody tr').count()).toBeLessThan(60)
  const rows = page.locator('table')
  expect(await rows.getAttribute('aria-rowcount')).toBe('-1')
  while ((await rows.getAttribute('aria-rowcount')) === '-1') await page.mouse.wheel(0, 2000)
  expect(await rows.getAttribute('aria-rowcount')).toBe('131')
  await checkWidths(page, 'accounts', [390, 1280])
})

it('says what failed, and tries again', async () => {
  const { page } = await open('/kvidai/operations/campaigns')
  await page.route('**/v1/keys', route => route.abort(), { times: 1 })
  await page.getByRole('link', { name: 'Keys' }).click()
  await page.getByText('No connection to the server.').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('cell', { name: 'admin' }).first().waitFor()
  await checkWidths(page, 'keys', [390])
  if (current) current.errors.length = 0 // the browser reports the failed request
})

it('without a session it leads to the sign-in and back', async () => {
  const page = await browser.newPage()
  await page.goto(`${lotkeeper.url}/console/kvidai/inbox?kind=credits_late`)
  const link = page.getByRole('link', { name: 'Sign in' })
  expect(await link.getAttribute('href')).toBe(
    `/console/sign-in?${new URLSearchParams({ return_to: '/console/kvidai/inbox?kind=credits_late' })}`,
  )
  await checkWidths(page, 'sign-in', [390])
  await page.close()
})
