import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, type OpenedPage, openPage, startBrowser } from '../../support/clients/browser.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// The customer's page shows memberships, at 320 and 1280 pixels.

let lotkeeper: Lotkeeper
let browser: Browser
let opened: OpenedPage | undefined

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
})
afterEach(async () => {
  await closeAndCheck(opened)
  opened = undefined
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})

async function open({ caller, path }: TestAccount) {
  opened = await openPage(browser, caller, path, { timezoneId: 'UTC' })
  return opened.page
}

it('BR-18 a combined membership shows what still comes, and the plan with which its credits come then', async () => {
  const account = await createTestAccount(lotkeeper.as('branding'), '2027-03-07T00:00:00.000Z')
  const first = await account.join({ plan: 'legacy-branding-app' })
  await account.advance('2027-03-10T00:00:00.000Z')
  const second = await account.join({ plan: 'appsumo-tier-3' })
  await account.advance('2027-04-08T00:00:00.000Z')
  await account.caller.post('/v1/memberships/combine', { memberships: [first.id, second.id] })
  const page = await open(account)
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  await plan.getByText('Combined with Branding.app. From 7 May 2027 on, its credits come with that plan.').waitFor()
  await plan.getByText('167 credits on 10 Apr 2027').waitFor()
  await checkWidths(page, 'combined')
})

it('XD-18 after a lapse the page says how many credits are frozen, and until when each part can be used', async () => {
  const account = await createTestAccount(lotkeeper.as('x-design'), '2026-01-01T00:00:00.000Z')
  await account.join({ plan: 'member' })
  await account.grant('purchased', 50)
  await account.grant('promotional', 30, { expires_at: '2026-03-10T00:00:00Z' })
  await account.advance('2026-02-15T00:00:00.000Z')
  const page = await open(account)
  const banner = page.locator('.banner')
  await banner.getByText('180 credits are frozen, not lost: you can use them again when you rejoin.').waitFor()
  expect(await banner.locator('li').allTextContents()).toEqual([
    '30 credits expire on 10 Mar 2026, 00:00 UTC, even while frozen.',
    '50 credits expire on 1 Jan 2028, 00:00 UTC, even while frozen.',
    '100 credits do not expire.',
  ])
  await checkWidths(page, 'lapsed')
  await account.advance('2028-01-01T00:00:00.000Z')
  await page.reload()
  await banner.getByText('100 credits are frozen').waitFor()
})

it('KV-15 before a cancellation the page says which credits expire before the membership ends, and promises none of them back', async () => {
  const account = await createTestAccount(lotkeeper.as('kvidai'), '2027-01-10T00:00:00.000Z')
  await account.join({ plan: 'membership' })
  await account.grant('purchased', 50)
  const page = await open(account)
  await page.getByRole('button', { name: 'Cancel membership' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('You stay a member until 10 Feb 2027, 00:00 UTC.').waitFor()
  await dialog.getByText('50 credits stay usable until they expire.').waitFor()
  await dialog.getByText('300 credits expire before your membership ends.').waitFor()
  await dialog.getByText('No credits freeze.').waitFor()
  await checkWidths(page, 'cancel')
})

it('BR-19 a plan for life asks twice before it is cancelled, shows when it ends, and can be kept until then', async () => {
  const account = await createTestAccount(lotkeeper.as('branding'), '2027-03-07T00:00:00.000Z')
  await account.join({ plan: 'appsumo-tier-3' })
  const page = await open(account)
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  const state = async () => (await account.caller.get(`${account.path}/memberships`)).body.data[0]
  await plan.getByRole('button', { name: 'Cancel membership' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('You stay a member until 7 Apr 2027, 00:00 UTC.').waitFor()
  await dialog.getByRole('button', { name: 'Cancel membership' }).click()
  await dialog.getByText('After that it cannot be restored.').waitFor()
  await checkWidths(page, 'cancel-for-good')
  expect(await state()).toMatchObject({ cancel_at_period_end: false })
  await dialog.getByRole('button', { name: 'End it for good' }).click()
  await plan.getByText('Ends on 7 Apr 2027, 00:00 UTC; it will not renew').waitFor()
  expect(await state()).toMatchObject({ cancel_at_period_end: true, next_grant: null })
  await checkWidths(page, 'cancelled')
  await plan.getByRole('button', { name: 'Keep membership' }).click()
  await plan.getByText('167 credits on 7 Apr 2027').waitFor()
  expect(await state()).toMatchObject({ cancel_at_period_end: false })
})

it('BR-19 a scheduled downgrade is shown and can be undone until it happens', async () => {
  const account = await createTestAccount(lotkeeper.as('branding'), '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'agency', paid_through: '2027-06-15T00:00:00Z' })
  await account.updateMembership(id, 'change', { plan: 'freelancer' })
  const page = await open(account)
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  await plan.getByText('Changes to Freelancer on 15 Feb 2027').waitFor()
  await checkWidths(page, 'downgrade')
  await plan.getByRole('button', { name: 'Keep Agency' }).click()
  await plan.getByText('1,500 credits on 15 Feb 2027').waitFor()
  expect(await plan.getByText('Changes to').count()).toBe(0)
  const { body } = await account.caller.get(`/v1/memberships/${id}`)
  expect(body).toMatchObject({ plan: 'agency', scheduled_change: null, next_grant: { amount: 1500 } })
  expect(body.history.at(-1)).toMatchObject({ what: 'change_undone' })
})

it('XD-19 the balance stands beside the profile if there are credits or a membership; the page says how to join', async () => {
  const account = await createTestAccount(lotkeeper.as('x-design'), '2026-01-01T00:00:00.000Z')
  const page = await open(account)
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  expect(await plan.locator('.plans li').allTextContents()).toEqual([
    'Member100 credits a monthfree trial of 7 daysJoin',
  ])
  expect(await plan.getByRole('link', { name: 'Join: Member' }).getAttribute('href')).toBe(
    'https://x-design.example/membership?plan=member',
  )
  expect(await page.getByTestId('summary').count()).toBe(0)
  await checkWidths(page, 'join')
  const badge = await page.context().newPage()
  await badge.goto(`${lotkeeper.url}/embed/badge`)
  await badge.locator('.badge').waitFor({ state: 'attached' })
  expect(await badge.locator('.badge').textContent()).toBe('')
  await account.join({ plan: 'member' })
  await page.getByTestId('summary').filter({ hasText: '100 credits' }).waitFor()
  await badge.getByText('100 credits').waitFor()
  expect(await plan.getByRole('link').count()).toBe(0)
  await badge.close()
})
