import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

const TRIAL_END = '2026-01-24T00:00:00.000Z'
const trial = { plan: 'member', trial: true }

/** Creates a subscription of the account that starts with a trial. */
async function tryByStripe(account: string): Promise<string> {
  const id = run.stripe.subscribe({ metadata: { account }, start: JAN, end: TRIAL_END, trial_end: TRIAL_END })
  await run.deliver(run.stripe.event('customer.subscription.created', id))
  return id
}

it('XD-10 an account has one trial: a second one is refused, in parallel too', async () => {
  const account = await createTestAccount(run.design, JAN)
  const startTrial = () => account.caller.post(`${account.path}/memberships`, trial)
  const answers = await Promise.all([1, 2, 3, 4].map(startTrial))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'trial_used',
    detail: expect.stringMatching(/one trial.*without/i),
  })
  await account.advance(FEB)
  expect(await startTrial()).toMatchObject({ status: 409, body: { code: 'trial_used' } })
  expect((await account.entries()).filter(entry => entry.includes('issued'))).toEqual([
    '2026-01-10 20 trial: issued → available',
  ])
  expect((await account.caller.get(account.path)).body).toMatchObject({ trial_used: true })
  expect(await account.join({ plan: 'member' })).toMatchObject({ state: 'active' })
  expect((await runAudit(account.caller, account.path)).body).toMatchObject({ state: 'done', findings: [] })
})

it('XD-10 a second trial at Stripe starts the membership without trial credits, and its history says so', async () => {
  const account = await createTestAccount(run.design, JAN)
  const name = accountOf(account)
  const ids = await Promise.all([1, 2, 3].map(() => tryByStripe(name)))
  await tryByStripe(name)
  const memberships = await membershipsOf(account)
  expect(memberships.map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('trialing'))
  expect(await account.entries()).toEqual(['2026-01-10 20 trial: issued → available'])
  const openings = memberships.map(
    ({ history }: { history: { detail: { trial: string } }[] }) => history[0]?.detail.trial,
  )
  expect(openings.sort()).toEqual(['with_credits', 'without_credits', 'without_credits', 'without_credits'])
  expect(await account.caller.post(`${account.path}/memberships`, trial)).toMatchObject({ status: 409 })

  const [id = ''] = ids
  run.stripe.change(id, { status: 'active' })
  run.stripe.invoice(id, TRIAL_END, '2026-02-24T00:00:00.000Z')
  await account.advance('2026-01-25T00:00:00.000Z')
  expect((await account.entries()).filter(entry => entry.includes('subscription: issued'))).toHaveLength(1)
  expect((await runAudit(account.caller, account.path)).body).toMatchObject({ state: 'done', findings: [] })
})
