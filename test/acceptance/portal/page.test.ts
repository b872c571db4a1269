import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { openPage, startBrowser } from '../../support/clients/browser.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// The customer's page in a browser. test/web tests the page itself.

let lotkeeper: Lotkeeper
let browser: Browser

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})

/** A new account with grants, and its page. */
async function customer(product: string, prepare: (path: string) => Promise<unknown>) {
  const caller = lotkeeper.as(product)
  const path = `/v1/accounts/${randomUUID()}`
  await caller.put(path, {})
  await prepare(path)
  const { page, close } = await openPage(browser, caller, path, { timezoneId: 'UTC' })
  return { caller, path, page, close }
}

it('XD-12 the balance is shown next to the profile, compactly, and in full under usage details', async () => {
  const xDesign = lotkeeper.as('x-design')
  const { caller, path, page, close } = await customer('x-design', async path => {
    await xDesign.post(`${path}/memberships`, { plan: 'member' })
    const made = await xDesign.post(`${path}/generations`, { operation: 'ai-background', outputs: 4 })
    await xDesign.post(`/v1/generations/${made.body.id}/complete`, { delivered: 3 })
  })
  const { available } = (await caller.get(`${path}/balance`)).body
  await page.getByText('Partly done').click()
  const facts = await page.locator('.facts').first().textContent()
  expect(facts).toMatch(/Quoted4 credits.*Charged3 credits.*Refunded1 credit.*3 of 4 were delivered/)
  await page.goto(`${lotkeeper.url}/embed/badge`)
  await page.getByText(`${available} credits`).waitFor()
  const next = await caller.post(`${path}/generations`, { operation: 'recolor' })
  await page.getByText(`${available - 1} credits`).waitFor()
  await page.getByText('Reserved 1').waitFor()
  await caller.post(`/v1/generations/${next.body.id}/complete`)
  const { body } = await caller.get(`${path}/entries?limit=100`)
  expect(body.data.filter((entry: any) => entry.to === 'spent').map((entry: any) => entry.amount)).toEqual([1, 3])
  await close()
})

it('XD-12 the badge is framed by our own pages and those of EMBED_ORIGINS only', async () => {
  const badge = await fetch(`${lotkeeper.url}/embed/badge`)
  expect(badge.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/)
  expect(badge.headers.get('x-frame-options')).toBeNull()
  const page = await fetch(`${lotkeeper.url}/portal`)
  expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/)
})

it('XD-12 a link embeds the badge in a page of another origin', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
  const { body } = await kvidai.post(`${path}/portal-sessions`)
  const opened = await fetch(body.url.replace('/portal?', '/embed/badge?'), { redirect: 'manual' })
  expect(opened.headers.get('location')).toBe('/embed/badge')
  expect(opened.headers.get('set-cookie')).toContain('SameSite=Lax')
})

it('BR-08 the customer sees for each generation what it cost and why', async () => {
  const branding = lotkeeper.as('branding')
  const { caller, path, page, close } = await customer('branding', async path => {
    await branding.post(`${path}/memberships`, { plan: 'freelancer' })
    const body = { operation: 'basic-image', outputs: 3, price: 4 }
    const made = await branding.post(`${path}/generations`, body)
    await branding.post(`/v1/generations/${made.body.id}/complete`)
  })
  await page.locator('.history summary').first().click()
  const facts = await page.locator('.facts').first().textContent()
  expect(facts).toMatch(/Quoted12 credits \(3 × 4 credits\).*Charged12 credits.*All 3 were delivered.*12 · Monthly/)
  const { body } = await caller.get(`${path}/entries?operation=basic-image`)
  expect(body.data.map((entry: any) => [entry.to, entry.amount])).toEqual([
    ['spent', 12],
    ['held', 12],
  ])
  await close()
})

it('BR-17 Plan & Credits shows allocation, balance, usage, refresh date, daily limit, and each use with its cost', async () => {
  const branding = lotkeeper.as('branding')
  const { caller, path, page, close } = await customer('branding', async path => {
    await branding.post(`${path}/memberships`, { plan: 'freelancer' })
    await branding.post(`${path}/charges`, { operation: 'standard-video' })
  })
  const { balance } = (await caller.get(path)).body
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  const words = (await plan.textContent()) ?? ''
  expect(words).toMatch(/Freelancer.*Active.*500 credits on/)
  const refresh = await plan.locator('time').first().getAttribute('datetime')
  expect(refresh).toBe(balance.next_grant.at)
  expect(words).toContain('475 of your credits expire before then.')
  expect(words).toContain(`25 of ${balance.daily_limit.limit} used`)
  expect(words).toContain('Resets')
  expect(await page.getByTestId('available').textContent()).toBe('475')
  expect(await page.getByText('25 credits spent in 1 generation').count()).toBe(1)
  expect(await page.locator('.history summary').allTextContents()).toEqual([
    expect.stringMatching(/Standard video.*25 credits/),
  ])
  await close()
})

it('LS-14 the header always shows the balance; the page splits it into monthly, promotional and purchased', async () => {
  const studio = lotkeeper.as('listing-studio')
  const { page, close } = await customer('listing-studio', async path => {
    await studio.post(`${path}/memberships`, { plan: 'professional-plus', slots: 2 })
    await studio.post(`${path}/grants`, { source: 'purchased', amount: 30, reason: 'pack' })
    await studio.post(`${path}/grants`, {
      source: 'launch',
      amount: 5,
      reason: 'launch',
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    })
  })
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 700 })
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    expect(
      await page.getByTestId('summary').evaluate((element: any) => element.getBoundingClientRect().top),
    ).toBeGreaterThanOrEqual(0)
    expect(await page.getByTestId('summary').textContent()).toBe('55 credits')
  }
  const sources = await page.locator('#balance .sources > div').allTextContents()
  expect(sources.sort()).toEqual(['Launch5', 'Monthly20', 'Purchased30'])
  await close()
})

it('KV-04 the page and the header of every answer show the same balance', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { caller, path, page, close } = await customer('kvidai', async path => {
    await kvidai.post(`${path}/grants`, { source: 'purchased', amount: 50, reason: 'test' })
    await kvidai.post(`${path}/generations`, { operation: 'image', outputs: 3 })
  })
  for (const answer of [
    await caller.get(path),
    await caller.get(`${path}/lots`),
    await caller.get(`${path}/generations`),
  ])
    for (const name of ['available', 'held', 'frozen'])
      expect(answer.headers.get(`credits-${name}`)).toBe(await page.getByTestId(name).textContent())
  await close()
})

it('KV-05 every transaction can be exported as CSV and JSON, and usage appears at once', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { caller, path, page, close } = await customer('kvidai', path =>
    kvidai.post(`${path}/grants`, { source: 'purchased', amount: 50, reason: 'test' }),
  )
  await caller.post(`${path}/charges`, { operation: 'image', outputs: 5 })
  await page.getByTestId('available').filter({ hasText: '40' }).waitFor()
  const { body } = await caller.get(`${path}/entries?limit=100`)
  const csv = await caller.get(`${path}/entries?format=csv`)
  const json = await caller.get(`${path}/entries?format=json`)
  expect(json.body).toEqual(body.data)
  expect(csv.body.trim().split('\n')).toHaveLength(body.data.length + 1)
  const usage = await caller.get(`${path}/usage?group_by=api_key`)
  expect(usage.body.data).toEqual([{ group: 'test-admin', spent: 10, refunded: 0, count: 1 }])
  await close()
})
