import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Caller } from './caller.ts'

/** Widths of a small phone and a desktop, in pixels. */
const WIDTHS = [320, 1280]

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The installed Chromium, first its headless shell, which opens no window and takes a third of the CPU time. */
function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const found = folders.flatMap(folder => names.map(name => path.join(folder, name))).find(existsSync)
  if (!found) throw new Error(`None of ${names.join(', ')} is on PATH: apt-get install chromium-headless-shell.`)
  return found
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

export type OpenedPage = {
  page: Page
  /** errors and warnings in the browser, and requests to other hosts */
  errors: string[]
  close(): Promise<void>
}

/** Opens the page of an account by a new link. @param account /v1/accounts/… @param asked fields of the portal session */
export async function openPage(
  browser: Browser,
  caller: Caller,
  account: string,
  options: BrowserContextOptions = {},
  asked: { return_url?: string; locale?: string } = {},
): Promise<OpenedPage> {
  const { body: link } = await caller.post(`${account}/portal-sessions`, asked)
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options })
  const page = await context.newPage()
  const errors: string[] = []
  const origin = new URL(link.url).origin
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('pageerror', error => errors.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) errors.push(request.url())
  })
  await page.goto(link.url)
  await page.getByTestId('available').waitFor()
  return { page, errors, close: () => context.close() }
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Findings of axe for WCAG 2.2 AA and best practices: `rule: element`, one per line. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the debugger: the page's content security policy blocks foreign scripts.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => (globalThis as any).axe.run())
  return violations.flatMap((rule: any) =>
    rule.nodes.map((node: any) => `${rule.id}: ${node.target} ${node.failureSummary}`),
  )
}

/** Whether the page needs horizontal scrolling. */
export async function scrollsHorizontally(page: Page): Promise<boolean> {
  return await page.evaluate('document.documentElement.scrollWidth > innerWidth')
}

/**
 * Checks that a page fits every width, and that axe finds nothing. Where SCREENSHOTS names a folder, saves the
 * page there as `name-width.png`.
 */
export async function checkWidths(page: Page, name: string, widths = WIDTHS): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect(await scrollsHorizontally(page)).toBe(false)
    expect(await axeFindings(page)).toEqual([])
    const folder = process.env.SCREENSHOTS
    if (folder) await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: true })
  }
}

/** Closes a page. Fails when it scrolls horizontally or reported errors. */
export async function closeAndCheck(opened: OpenedPage | undefined): Promise<void> {
  if (!opened) return
  const scrolled = await scrollsHorizontally(opened.page)
  await opened.close()
  expect(scrolled).toBe(false)
  expect(opened.errors).toEqual([])
}
