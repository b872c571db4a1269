import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { checkWidths, closeAndCheck, openPage, startBrowser } from '../../support/clients/browser.ts'
import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitForEmails } from '../../support/stand-ins/emails.ts'

let lotkeeper: Lotkeeper
let browser: Browser

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([useSharedLotkeeper(), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await lotkeeper?.stop()
})

it('BR-20 an audit explains every deduction and restores what support took, once', async () => {
  const support = lotkeeper.as('branding', 'support')
  const time = await createTestAccount(lotkeeper.as('branding'), '2027-01-15T00:00:00.000Z')
  const email = `${randomUUID()}@example.com`
  await lotkeeper.as('branding').put(time.path, { email, language: 'de' })
  await time.join({ plan: 'freelancer', paid_through: '2027-04-15T00:00:00Z' })
  await time.grant('bonus', 300)
  const { id: generation } = (await time.generate({ operation: 'standard-video' })).body
  await time.settle(generation, 'complete')
  await time.advance('2027-02-20T00:00:00.000Z')
  const key = randomUUID()
  const adjust = { source: 'bonus', amount: -200, reason: 'an import that went wrong' }
  await support.post(`${time.path}/adjustments`, adjust, key)

  const { body: audit } = await runAudit(support, time.path)
  const removed = { id: key, at: '2027-02-20T00:00:00.000Z', credits: 200, reason: adjust.reason }
  expect(audit).toMatchObject({
    findings: [],
    deductions: {
      granted: 1300,
      spent: 25,
      held: 0,
      expired: 475,
      money_back: 0,
      corrections: 0,
      available: 600,
      by_support: [{ ...removed, restored: false }],
    },
  })
  expect(audit.explanation.split('\n')).toEqual([
    'On 2027-02-20 we compared your purchases and every month of your membership with your credits. Everything that you should have received was granted.',
    'Of the 1300 credits that you received, 25 were spent on generations, 475 expired, 200 were removed by our support and 600 are left.',
    '- 2027-02-20: our support removed 200 credits. The reason given: an import that went wrong.',
    'If these 200 credits should not have been removed, tell our support, and we restore them.',
  ])
  const opened = await openPage(browser, lotkeeper.as('branding'), time.path, {}, { locale: 'en' })
  await opened.page.getByText('our support removed 200 credits').waitFor()
  await checkWidths(opened.page, 'audit')

  const restore = (body: object, request = randomUUID()) =>
    support.post(`/v1/audits/${audit.id}/restore`, { reason: 'it was our mistake', ...body }, request)
  expect(await restore({ adjustments: ['another'] })).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
  const request = randomUUID()
  const restored = await restore({}, request)
  expect(restored).toMatchObject({
    status: 200,
    body: { deductions: { by_support: [{ ...removed, restored: true }] } },
  })
  expect(restored.body.explanation).toMatch(/an import that went wrong; restored\.$/)
  const again = await Promise.all([restore({}, request), restore({}), restore({ adjustments: [key] })])
  for (const { status, body } of again) expect([status, body]).toEqual([200, restored.body])
  // The credits return to the lot that they came from, and the policy's bonus comes once.
  expect(await time.balance()).toMatchObject({ available: 850, by_source: { bonus: { available: 350 } } })
  expect((await time.entries()).slice(-2)).toEqual([
    '2027-02-20 200 bonus: revoked → available',
    '2027-02-20 50 bonus: issued → available',
  ])
  const log = (await support.get(`${time.path}/activity`)).body.data
  expect(log.filter(({ action }: any) => action === 'restore')).toContainEqual(
    expect.objectContaining({ reason: 'it was our mistake', done: true }),
  )
  await opened.page.getByText('Credits restored').waitFor()
  const [told, first] = await waitForEmails(lotkeeper.config.dataDir, email, 2)
  expect(first).toMatchObject({ subject: 'Wir haben deine Credits bei Branding geprüft' })
  expect(first?.text).toMatch(/Unser Support hat 200 Credits entfernt[\s\S]* Wir geben sie zurück/)
  expect(told?.text).toMatch(/an import that went wrong; zurückgegeben/)
  await closeAndCheck(opened)

  // The next audit has nothing to explain about it.
  const next = (await runAudit(support, time.path)).body
  expect(next.deductions).toMatchObject({ by_support: [], corrections: 0, available: 850 })
  const [latest] = (await support.get(`${time.path}/audits?limit=1&language=de`)).body.data
  expect(latest).toMatchObject({
    id: next.id,
    explanation: expect.stringMatching(/^Am 2027-02-20 .* Alles stimmt\.\n/),
  })
  expect(await verify(lotkeeper.db, accountKey('branding', time.path.split('/').at(-1) ?? ''))).toEqual([])
})

it('credits that support took from a lot that has expired since return with a new validity', async () => {
  const support = lotkeeper.as('branding', 'support')
  const time = await createTestAccount(lotkeeper.as('branding'), '2027-01-15T00:00:00.000Z')
  await time.join({ plan: 'freelancer', paid_through: '2027-04-15T00:00:00Z' })
  await support.post(`${time.path}/adjustments`, { source: 'monthly', amount: -40, reason: 'test' })
  await time.advance('2027-02-20T00:00:00.000Z')
  const { body: audit } = await runAudit(support, time.path)
  await support.post(`/v1/audits/${audit.id}/restore`, { reason: 'our mistake' })
  expect(await time.lots()).toContain('40 monthly 2027-02-20 → 2027-02-27')
  expect(await time.balance()).toMatchObject({ available: 500 + 40 + 50 })
})
