import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, type OpenedPage, openPage, startBrowser } from '../../support/clients/browser.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// What the customer's page says about memberships, at 320 and 1280 pixels.

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
