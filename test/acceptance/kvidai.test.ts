import { type Caller, type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { startTimeline } from '../support/timeline.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

it('KV-01 promotional credits live 90 days, membership credits 30, purchased ones 365', async () => {
  const time = await startTimeline(kvidai, '2027-01-31T00:00:00.000Z')
  await time.join({ plan: 'membership', paid_through: '2027-03-31T00:00:00Z' })
  for (const source of ['promotional', 'purchased'])
    await kvidai.post(`${time.path}/grants`, { source, amount: 7, reason: 'test' })
  await time.advance('2027-03-01T00:00:00.000Z')
  expect(await time.lots()).toEqual([
    '300 membership 2027-01-31 → 2027-03-02',
    '7 promotional 2027-01-31 → 2027-05-01',
    '7 purchased 2027-01-31 → 2028-01-31',
    '300 membership 2027-02-28 → 2027-03-30',
  ])
  await time.advance('2027-03-01T23:59:59.000Z')
  expect(await time.balance()).toMatchObject({ available: 614 })
  await time.advance('2027-03-02T00:00:00.000Z')
  expect(await time.balance()).toMatchObject({ available: 314 })
  expect(await time.moves()).toEqual([
    '2027-01-31 300 membership: issued → available',
    '2027-01-31 7 promotional: issued → available',
    '2027-01-31 7 purchased: issued → available',
    '2027-02-28 300 membership: issued → available',
    '2027-03-02 300 membership: available → expired',
  ])
})

it('KV-09 purchased and promotional credits stay valid whatever happens to the membership', async () => {
  const time = await startTimeline(kvidai, '2027-01-31T00:00:00.000Z')
  const { id } = await time.join({ plan: 'membership' })
  for (const source of ['promotional', 'purchased'])
    await kvidai.post(`${time.path}/grants`, { source, amount: 7, reason: 'test' })
  await time.advance('2027-02-10T00:00:00.000Z')
  await time.tell(id, 'cancel', { when: 'now' })
  expect(await time.balance()).toMatchObject({ available: 14, frozen: 300 })
  expect(await kvidai.post(`${time.path}/charges`, { operation: 'image', outputs: 7 })).toMatchObject({
    status: 201,
  })
  await time.advance('2027-03-02T00:00:00.000Z')
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 0 })
  expect(await time.moves()).toEqual([
    '2027-01-31 300 membership: issued → available',
    '2027-01-31 7 promotional: issued → available',
    '2027-01-31 7 purchased: issued → available',
    '2027-02-10 7 promotional: available → held',
    '2027-02-10 7 purchased: available → held',
    '2027-02-10 7 promotional: held → spent',
    '2027-02-10 7 purchased: held → spent',
    '2027-03-02 300 membership: available → expired',
  ])
})
