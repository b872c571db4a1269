import type { Browser } from 'playwright-core'
import { checkWidths, openPage, startBrowser } from '../../support/clients/browser.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let browser: Browser

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})

const apply = (outputs: number) => ({ operation: 'apply-changes', outputs, options: { background: true } })
const photos = { operation: 'apply-changes' }

it('LS-18 apply-changes without a background is refused, with a quote too', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-03-10T00:00:00.000Z')
  await account.grant('purchased', 10)
  const refused = { status: 422, body: { errors: [{ path: 'options.background' }] } }
  for (const options of [undefined, {}, { background: false }, { logo: false }]) {
    const request = { ...photos, ...(options ? { options } : {}) }
    expect(await account.generate(request)).toMatchObject(refused)
    expect(await account.caller.post(`${account.path}/quotes`, request)).toMatchObject(refused)
  }
  expect(await account.balance()).toMatchObject({ available: 10, held: 0 })
})

it('LS-19 without credits the refusal names both ways on: packs, and the next credits', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'professional-plus', slots: 1, paid_through: '2027-06-01T00:00:00Z' })
  const packs = ['professional-plus-small', 'professional-plus-medium', 'professional-plus-large']
  const ways = { packs, next_grant: { at: '2027-04-01T00:00:00.000Z', amount: 10 } }
  expect(await account.generate(apply(11))).toMatchObject({
    status: 402,
    body: {
      ...ways,
      required: 11,
      available: 10,
      detail: `Costs 11 credits; 10 are available. Buy a pack (${packs.join(', ')}), or wait for 10 credits at 2027-04-01T00:00:00.000Z.`,
    },
  })
  const quoted = await account.caller.post(`${account.path}/quotes`, apply(11))
  expect(quoted.body.refusal).toMatchObject(ways)
})

it('LS-20 at its fair-use cap Premium is not called unlimited, the refusal names packs, and packs are billed by invoice', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'premium', paid_through: '2027-06-01T00:00:00Z' })
  for (let n = 0; n < 50; n++) await account.caller.post(`${account.path}/charges`, apply(100))
  const packs = ['premium-small', 'premium-medium', 'premium-large']
  expect(await account.generate(apply(1))).toMatchObject({
    status: 429,
    body: { code: 'fair_use_reached', packs, detail: expect.stringContaining('premium-small') },
  })
  const { page, close } = await openPage(browser, account.caller, account.path, { timezoneId: 'UTC' })
  expect(await page.getByTestId('available').textContent()).toBe('0')
  expect(await page.getByTestId('summary').textContent()).toBe('0 credits')
  await page.getByText('5,000 of 5,000 used').waitFor()
  await page.getByRole('button', { name: /^Buy 20 credits/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Their price is on your next invoice.').waitFor()
  await checkWidths(page, 'by-invoice')
  await dialog.getByRole('button', { name: 'Buy, billed by invoice' }).click()
  await page.getByTestId('available').filter({ hasText: /^20$/ }).waitFor()
  await close()
})

it('LS-21 a subscription that is begun again within the launch gives the launch credits no second time', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-02-05T00:00:00.000Z')
  const opening = { plan: 'professional-plus', slots: 5, paid_through: '2027-06-01T00:00:00Z' }
  const { id } = await account.join(opening)
  await account.updateMembership(id, 'cancel', { when: 'now' })
  await account.join(opening)
  await account.advance('2027-02-20T00:00:00.000Z')
  expect((await account.lots()).filter(lot => lot.includes('launch'))).toEqual(['50 launch 2027-02-05 → 2027-03-01'])
})
