import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

it('KV-16 an exclusive feature is for members; others are refused with the plans, before and after', async () => {
  const account = await createTestAccount(lotkeeper.as('kvidai'), '2027-01-10T00:00:00.000Z')
  await account.grant('purchased', 50)
  const preview = { operation: 'preview-model' }
  const refused = { code: 'membership_required', plans: ['membership', 'enterprise'] }
  expect(await account.generate(preview)).toMatchObject({
    status: 403,
    body: { ...refused, detail: 'preview-model is included in: Membership and Enterprise.' },
  })
  const quote = async () => (await account.caller.post(`${account.path}/quotes`, preview)).body
  expect(await quote()).toMatchObject({ allowed: false, cost: 2, refusal: refused, draws: [] })
  const charge = () => account.caller.post(`${account.path}/charges`, preview)
  expect(await charge()).toMatchObject({ status: 403, body: refused })
  expect(await account.generate({ operation: 'image' })).toMatchObject({ status: 201 })

  await account.join({ plan: 'membership' })
  expect(await quote()).toMatchObject({ allowed: true, cost: 2 })
  expect(await account.generate(preview)).toMatchObject({ status: 201, body: { held: 2 } })
  await account.advance('2027-02-10T00:00:00.000Z')
  expect(await account.generate(preview)).toMatchObject({ status: 403, body: refused })

  const { body } = await account.caller.get('/v1/operations')
  const plans = body.data.map(({ operation, plans }: { operation: string; plans: string[] | null }) => [
    operation,
    plans,
  ])
  expect(plans).toContainEqual(['preview-model', refused.plans])
  expect(plans).toContainEqual(['image', null])
})
