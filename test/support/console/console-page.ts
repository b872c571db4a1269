import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Scope } from '../../../db/accounts/api-keys.ts'
import { startConsoleSession } from '../../../db/console/sessions.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'

/** The console in a browser, and what a person does there. */
export type ConsolePage = {
  page: Page
  /** errors and warnings in the browser, and requests to other hosts */
  errors: string[]
  /** Clicks once, and counts it. */
  click(target: Locator): Promise<void>
  /** Clicks the button of this name that comes first. */
  press(name: string): Promise<void>
  clicks(): number
  /** Searches by the field at the top. */
  search(text: string): Promise<void>
  close(): Promise<void>
}

/** Signs a person in, and opens a screen. @param path after /console, such as /kvidai/inbox */
export async function openConsole(
  browser: Browser,
  lotkeeper: Lotkeeper,
  path: string,
  { name = 'Sam', roles = { '*': 'admin' } as Record<string, Scope>, ...options }: BrowserContextOptions & Who = {},
): Promise<ConsolePage> {
  const person = { id: `person_${name}`, name, email: `${name}@support.example` }
  const value = await startConsoleSession(lotkeeper.db, { person, roles }, new Date())
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options })
  await context.addCookies([
    { name: 'lotkeeper-console', value, url: lotkeeper.url, httpOnly: true, sameSite: 'Strict' },
  ])
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('pageerror', error => errors.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(lotkeeper.url)) errors.push(request.url())
  })
  await page.goto(`${lotkeeper.url}/console${path}`)
  let clicks = 0
  const click = async (target: Locator) => {
    clicks++
    await target.click()
  }
  return {
    page,
    errors,
    click,
    press: async name => click(page.getByRole('button', { name, exact: true }).first()),
    clicks: () => clicks,
    search: async text => {
      await page.getByRole('searchbox').fill(text)
      await page.keyboard.press('Enter')
    },
    close: () => context.close(),
  }
}

type Who = { name?: string; roles?: Record<string, Scope> }
