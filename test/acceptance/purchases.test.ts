import { type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { startTimeline } from '../support/timeline.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const NOW = '2027-01-31T09:00:00.000Z'

it('a bank transfer that was seen brings the credits, once', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const time = await startTimeline(kvidai, NOW)
  const { body: packs } = await kvidai.get(`/v1/packs?account=${time.path.split('/').at(-1)}`)
  expect(packs.data.map((pack: { id: string }) => pack.id)).toEqual(['credits', 'bulk'])
  const order = { pack: 'credits', quantity: 2, provider: 'bank_transfer' }
  const bought = await kvidai.post(`${time.path}/purchases`, order, 'order-1')
  expect(bought).toMatchObject({
    status: 201,
    body: {
      state: 'awaiting_payment',
      amount: 19800,
      currency: 'KRW',
      credits: 200,
      lots: [],
      checkout_url: null,
    },
  })
  expect(await kvidai.post(`${time.path}/purchases`, order, 'order-1')).toMatchObject({
    status: 201,
    body: { id: bought.body.id },
  })
  const path = `/v1/purchases/${bought.body.id}`
  const seen = await kvidai.post(`${path}/payment`, { reference: 'KB-4711' })
  expect(seen).toMatchObject({ status: 200, body: { state: 'fulfilled', lots: [{ granted: 200 }] } })
  await kvidai.post(`${path}/payment`, { reference: 'KB-4711' })
  await kvidai.post(`${path}/payment`, { reference: 'KB-4712' })
  expect(await time.moves()).toEqual(['2027-01-31T09:00:00 200 purchased: issued → available'])
  expect((await kvidai.get('/v1/purchases?reference=KB-4711')).body.data).toMatchObject([
    { id: bought.body.id },
  ])
  const { body: refunded } = await kvidai.post(`${path}/refund`, { reason: 'changed their mind' })
  expect(refunded).toMatchObject({
    state: 'refunded',
    needs_attention: true,
    refund: { state: 'done', credits: 200, amount: 19800 },
  })
  expect(await time.balance()).toMatchObject({ available: 0, debt: 0 })
  expect(refunded.timeline.map(({ what }: { what: string }) => what)).toEqual([
    'ordered',
    'paid',
    'granted',
    'refund_requested',
    'refunded',
  ])
})
