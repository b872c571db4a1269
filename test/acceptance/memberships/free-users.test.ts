import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

it('XD-20 after a trial membership an account has the free trials of the tools that it spent no credits on', async () => {
  const account = await createTestAccount(lotkeeper.as('x-design'), '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member', trial: true })
  const used = await account.generate({ operation: 'ai-logo' })
  await account.settle(used.body.id, 'complete')
  const failed = await account.generate({ operation: 'ai-model' })
  await account.settle(failed.body.id, 'fail')
  expect((await account.balance()).trials).toEqual({})
  await account.advance('2026-01-08T00:00:00.000Z')
  const { trials } = await account.balance()
  expect(trials['ai-logo']).toBeUndefined()
  expect(trials['ai-model']).toEqual({ limit: 3, used: 0 })
  expect(await account.generate({ operation: 'ai-logo' })).toMatchObject({
    status: 403,
    body: { code: 'membership_required' },
  })
  expect(await account.generate({ operation: 'ai-model' })).toMatchObject({ status: 201, body: { free_trial: true } })
  await account.updateMembership(id, 'reactivate')
  await account.updateMembership(id, 'lapse')
  expect((await account.balance()).trials).toEqual({})
})

async function campaign({ caller, path }: TestAccount, fields: object): Promise<void> {
  const terms = { name: 'welcome', source: 'promotional', amount: 6, validity: 'P30D', ...fields }
  const audience = { accounts: [path.split('/').at(-1)] }
  const { body } = await caller.post('/v1/campaigns', { ...terms, audience })
  await waitFor(
    'the campaign',
    () => caller.get(`/v1/campaigns/${body.id}`),
    answer => answer.body.state === 'done',
  )
}

it('XD-21 promotional credits for free users are spendable by them if their campaign says so', async () => {
  const account = await createTestAccount(lotkeeper.as('x-design'), '2026-01-01T00:00:00.000Z')
  await campaign(account, {})
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 6 })
  await campaign(account, { spendable_by: 'everyone' })
  expect(await account.balance()).toMatchObject({ available: 6, frozen: 6 })
  const recolor = { operation: 'recolor' }
  for (let n = 0; n < 3; n++)
    expect((await account.generate(recolor)).body).toMatchObject({ free_trial: true, held: 0 })
  const quoted = await account.caller.post(`${account.path}/quotes`, { ...recolor, outputs: 4 })
  expect(quoted.body).toMatchObject({ allowed: true, cost: 4, draws: [{ source: 'promotional', amount: 4 }] })
  expect((await account.generate({ ...recolor, outputs: 4 })).body).toMatchObject({ free_trial: false, held: 4 })
  expect(await account.generate({ ...recolor, outputs: 4 })).toMatchObject({
    status: 403,
    body: { code: 'trial_exhausted' },
  })
  expect(await account.balance()).toMatchObject({ available: 2, held: 4, frozen: 6 })
})
