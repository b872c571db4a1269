import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { checkWidths, closeAndCheck, openPage, startBrowser } from '../../support/clients/browser.ts'
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

const ACCOUNT = { bank: 'Example Bank', number: '000-0000-0000-00', holder: 'kvidAI' }

it('KV-18 a bank transfer shows the account and a short reference, by which support finds the order', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const account = await createTestAccount(kvidai, '2027-03-10T00:00:00.000Z')
  const opened = await openPage(browser, kvidai, account.path, { timezoneId: 'UTC' })
  const { page } = opened
  await page.getByRole('button', { name: /^Buy Credits/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Bank transfer', exact: true }).check()
  expect(await dialog.getByRole('radio', { name: 'International card' }).count()).toBe(0)
  await checkWidths(page, 'payment-methods')
  await dialog.getByRole('button', { name: 'Continue to payment' }).click()
  await dialog.getByText('Send the amount to this account').waitFor()
  expect(await dialog.getByLabel('Packages').count()).toBe(0)
  await checkWidths(page, 'bank-transfer')
  const told = await dialog.textContent()

  const [purchase] = (await kvidai.get(`/v1/purchases?account=${account.path.split('/').at(-1)}`)).body.data
  const { reference } = purchase.bank_transfer
  expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(purchase).toMatchObject({
    provider: 'bank_transfer',
    payment_method: 'bank_transfer',
    state: 'awaiting_payment',
    bank_transfer: { ...ACCOUNT, reference, amount: 9900, currency: 'KRW' },
  })
  for (const text of [...Object.values(ACCOUNT), '₩9,900', reference]) expect(told).toContain(text)
  await dialog.locator('.actions').getByRole('button').click()
  const listed = page.getByRole('region', { name: 'Purchases' })
  await listed.getByText('Waiting for your payment').first().click()
  await listed.getByText(reference).waitFor()

  const found = async (wanted: string) => (await kvidai.get(`/v1/purchases?reference=${wanted}`)).body.data
  expect(await found(reference)).toMatchObject([{ id: purchase.id }])
  await kvidai.post(`/v1/purchases/${purchase.id}/payment`, { reference: `KB-${reference}` })
  expect(await found(`KB-${reference}`)).toMatchObject([
    { id: purchase.id, state: 'fulfilled', bank_transfer: null, payment_reference: `KB-${reference}` },
  ])
  await page.getByTestId('available').filter({ hasText: /^100$/ }).waitFor()
  await closeAndCheck(opened)
})

it('KV-21 an order without its transfer expires, the page says so, and a later transfer is still credited', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const email = `${randomUUID()}@customer.example`
  const account = await createTestAccount(kvidai, '2027-03-10T00:00:00.000Z', { email })
  const order = { pack: 'credits', payment_method: 'bank_transfer' }
  const { body } = await kvidai.post(`${account.path}/purchases`, order)
  expect(body.bank_transfer).toMatchObject({ due_at: '2027-03-24T00:00:00.000Z' })
  const show = async () => (await kvidai.get(`/v1/purchases/${body.id}`)).body
  await account.advance('2027-03-23T23:59:59.999Z')
  expect(await show()).toMatchObject({ state: 'awaiting_payment' })
  await account.advance('2027-03-24T00:00:00.000Z')
  expect(await show()).toMatchObject({
    state: 'expired',
    bank_transfer: null,
    message: expect.stringMatching(/If your transfer is on its way, its credits are added when it arrives\.$/),
  })
  const queued = async () => (await kvidai.get(`${account.path}/emails`)).body.data
  expect(await queued()).toMatchObject([{ kind: 'transfer_expired', about: body.id }])
  const opened = await openPage(browser, kvidai, account.path, { timezoneId: 'UTC' })
  const listed = opened.page.getByRole('region', { name: 'Purchases' })
  await listed.getByText('Payment deadline passed').first().click()
  await listed.getByText('If yours is on its way, its credits are added when it arrives.').waitFor()
  await checkWidths(opened.page, 'expired-transfer')
  await closeAndCheck(opened)
  await kvidai.post(`/v1/purchases/${body.id}/payment`, { reference: 'KB-late' })
  expect(await show()).toMatchObject({ state: 'fulfilled', payment_reference: 'KB-late' })
  expect(await account.balance()).toMatchObject({ available: 100 })
})

it('KV-17 Toss customers send a transfer; a method that is not offered yet is refused', async () => {
  const account = await createTestAccount(lotkeeper.as('kvidai'), '2027-03-10T00:00:00.000Z')
  const buy = (order: object) => account.caller.post(`${account.path}/purchases`, { pack: 'credits', ...order })
  expect(await buy({ payment_method: 'toss' })).toMatchObject({
    status: 201,
    body: { provider: 'bank_transfer', payment_method: 'toss', bank_transfer: ACCOUNT },
  })
  const refused = (path: string) => ({ status: 422, body: { code: 'invalid_request', errors: [{ path }] } })
  expect(await buy({ payment_method: 'card' })).toMatchObject(refused('payment_method'))
  expect(await buy({ payment_method: 'toss', provider: 'stripe' })).toMatchObject(refused('provider'))
})
