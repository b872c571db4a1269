import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let studio: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  studio = lotkeeper.as('listing-studio')
})
afterAll(() => lotkeeper?.stop())

const NOW = '2027-04-10T09:00:00.000Z'
const photos = (outputs: number) => ({ operation: 'apply-changes', outputs, options: { background: true } })

it('LS-10 without credits every action is blocked until a purchase; nothing is charged automatically', async () => {
  const account = await createTestAccount(studio, NOW)
  await account.join({ plan: 'basic', paid_through: '2027-05-01T00:00:00Z' })
  const refused = { status: 402, body: { code: 'insufficient_credits', required: 1, available: 0 } }
  expect(await studio.post(`${account.path}/generations`, photos(1))).toMatchObject(refused)
  await account.advance('2027-04-20T00:00:00.000Z')
  expect(await studio.post(`${account.path}/generations`, photos(1))).toMatchObject(refused)
  expect((await studio.get(`/v1/purchases?account=${account.path.split('/').at(-1)}`)).body.data).toEqual([])
  expect((await studio.get(`${account.path}/invoices`)).body.data).toEqual([])
  expect(await studio.post(`${account.path}/purchases`, { pack: 'basic-small' })).toMatchObject({ status: 201 })
  expect(await studio.post(`${account.path}/generations`, photos(50))).toMatchObject({ status: 201 })
  expect(await studio.post(`${account.path}/generations`, photos(1))).toMatchObject(refused)
})

it('LS-11 three sizes by plan, a volume discount that does not stack, valid a year', async () => {
  const sizes = async (plan: string) => {
    const account = await createTestAccount(studio, NOW)
    await account.join({ plan })
    const { data } = (await studio.get(`/v1/packs?account=${account.path.split('/').at(-1)}`)).body
    return data.map(
      (p: Record<string, unknown>) => `${p.credits} for ${p.amount} (−${p.discount_percent} %) ${p.validity}`,
    )
  }
  expect(await sizes('basic')).toEqual([
    '50 for 5000 (−0 %) P1Y',
    '200 for 18000 (−10 %) P1Y',
    '500 for 40000 (−20 %) P1Y',
  ])
  expect(await sizes('professional-plus')).toEqual([
    '20 for 1600 (−0 %) P1Y',
    '80 for 5760 (−10 %) P1Y',
    '200 for 12800 (−20 %) P1Y',
  ])
  const account = await createTestAccount(studio, NOW)
  await account.join({ plan: 'basic' })
  expect(await studio.post(`${account.path}/purchases`, { pack: 'professional-small' })).toMatchObject({
    status: 422,
  })
  await studio.post(`${account.path}/purchases`, { pack: 'basic-large' })
  expect(await account.lots()).toEqual(['500 purchased 2027-04-10T09:00:00 → 2028-04-10T09:00:00'])
  expect(await account.entries()).toEqual(['2027-04-10T09:00:00 500 purchased: issued → available'])
})

it("LS-12 a pack is usable at once and is a line of the month's invoice", async () => {
  const account = await createTestAccount(studio, NOW)
  await account.join({ plan: 'basic', paid_through: '2027-07-01T00:00:00Z' })
  const first = await studio.post(`${account.path}/purchases`, { pack: 'basic-small', quantity: 2 })
  expect(first.body).toMatchObject({ state: 'fulfilled', provider: 'invoice', amount: 10000, credits: 100 })
  await account.advance('2027-04-30T23:59:59.000Z')
  await studio.post(`${account.path}/purchases`, { pack: 'basic-medium' })
  await account.advance('2027-05-01T00:00:00.000Z')
  await studio.post(`${account.path}/purchases`, { pack: 'basic-small' })
  const { data } = (await studio.get(`${account.path}/invoices`)).body
  expect(data).toMatchObject([
    { id: '2027-05-EUR', kind: 'statement', state: 'open', total: 5000, lines: [{ quantity: 1, amount: 5000 }] },
    {
      id: '2027-04-EUR',
      state: 'issued',
      total: 28000,
      lines: [
        { purchase: first.body.id, quantity: 2, amount: 10000, credits: 100, description: '50 credits' },
        { quantity: 1, amount: 18000, credits: 200 },
      ],
    },
  ])
  expect((await account.entries()).filter(line => line.includes('purchased: issued'))).toEqual([
    '2027-04-10T09:00:00 100 purchased: issued → available',
    '2027-04-30T23:59:59 200 purchased: issued → available',
    '2027-05-01 50 purchased: issued → available',
  ])
  for (const { purchase } of data[1].lines)
    await studio.post(`/v1/purchases/${purchase}/payment`, { reference: 'SEPA 17' })
  expect((await studio.get(`${account.path}/invoices/2027-04-EUR`)).body).toMatchObject({ state: 'paid' })
  expect(await account.balance()).toMatchObject({ available: 350 })
  expect(await studio.get(`${account.path}/invoices/2027-06-EUR`)).toMatchObject({ status: 404 })
})

it('an invoice is a printable page that escapes names', async () => {
  const { body: clock } = await studio.post('/v1/test-clocks', { now: NOW })
  const name = encodeURIComponent('<script>alert(1)<script>"&\'')
  await studio.put(`/v1/accounts/${name}`, { test_clock: clock.id })
  await studio.post(`/v1/accounts/${name}/memberships`, { plan: 'basic' })
  await studio.post(`/v1/accounts/${name}/purchases`, { pack: 'basic-small' })
  const page = await studio.get(`/v1/accounts/${name}/invoices/2027-04-EUR`, { accept: 'text/html' })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.body).toContain('&lt;script&gt;alert(1)&lt;script&gt;&quot;&amp;&#39;')
  expect(page.body).not.toContain('<script')
  expect(page.body).toMatch(/50,00\s€/)
  const path = `/v1/accounts/${name}/invoices/2027-04-EUR?language=ko`
  expect((await studio.get(path, { accept: 'text/html' })).body).toContain('<html lang="ko">')
})
