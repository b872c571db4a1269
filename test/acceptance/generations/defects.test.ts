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

const apply = (outputs: number) => ({ operation: 'apply-changes', outputs, options: { background: true } })

it('LS-23 support and the customer list the reports of faulty images, with photo, reason and state', async () => {
  const account = await createTestAccount(lotkeeper.as('listing-studio'), '2027-03-10T00:00:00.000Z')
  await account.grant('purchased', 3)
  const { id } = (await account.generate(apply(3))).body
  await account.settle(id, 'complete')
  await account.settle(id, 'report-defect', { reason: 'the wheels are gone', items: [0, 2] })
  await account.advance('2027-03-10T01:00:00.000Z')
  const correction = (await account.generate({ ...apply(1), correction_of: id })).body
  await account.settle(id, 'report-defect')

  const list = async (query = '') => (await account.caller.get(`${account.path}/defects${query}`)).body
  const [again, first] = (await list()).data
  const own = { generation: id, operation: 'apply-changes' }
  const reported = { items: [0, 2], reason: 'the wheels are gone', reported_at: '2027-03-10T00:00:00.000Z' }
  expect(first).toMatchObject({ ...own, ...reported, state: 'correcting' })
  // Both are about the same generation, and one correction answers both.
  expect(again).toMatchObject({ ...own, items: null, reason: null, state: 'correcting' })
  await account.settle(correction.id, 'fail')
  expect((await list()).data).toMatchObject([{ state: 'reported' }, { state: 'reported' }])
  const page = await list('?limit=1')
  expect(page.data).toMatchObject([{ id: again.id }])
  expect(await list(`?limit=1&cursor=${page.next_cursor}`)).toMatchObject({
    data: [{ id: first.id }],
    next_cursor: null,
  })

  const corrected = (await account.generate({ ...apply(1), correction_of: id })).body
  await account.settle(corrected.id, 'complete')
  await account.advance('2027-03-10T02:00:00.000Z')
  await account.settle(id, 'report-defect', { reason: 'one wheel still', items: [2] })
  expect((await list()).data.map(({ state }: any) => state)).toEqual(['reported', 'corrected', 'corrected'])

  const opened = await openPage(browser, account.caller, account.path, { timezoneId: 'UTC' })
  const reports = opened.page.getByRole('region', { name: 'Reported results' })
  await reports.getByText('one wheel still').waitFor()
  expect(await reports.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/^Apply changes, Result 3 Reportedone wheel still/),
    expect.stringMatching(/^Apply changes, All results Corrected/),
    expect.stringMatching(/^Apply changes, Results 1, 3 Correctedthe wheels are gone/),
  ])
  await checkWidths(opened.page, 'defects')
  await closeAndCheck(opened)
})

it('LS-23 a product that corrects nothing keeps the reports too', async () => {
  const account = await createTestAccount(lotkeeper.as('kvidai'), '2027-03-10T00:00:00.000Z')
  await account.grant('purchased', 10)
  const { id } = (await account.generate({ operation: 'image' })).body
  await account.settle(id, 'complete')
  const report = { reason: 'Ada Lovelace has six fingers', items: [0] }
  expect(await account.settle(id, 'report-defect', report)).toEqual({ id, corrections: { allowed: 0, used: 0 } })
  const list = async () => (await account.caller.get(`${account.path}/defects`)).body
  expect((await list()).data).toMatchObject([{ ...report, state: 'reported' }])
})
