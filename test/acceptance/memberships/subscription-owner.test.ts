import { randomUUID } from 'node:crypto'
import { WorkflowNotFoundError } from '@temporalio/client'
import { deriveId } from '../../../api/http/route.ts'
import { membershipWorkflowId } from '../../../workflows/contract/ids.ts'
import { checkUpdate } from '../../../workflows/contract/messages.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterEach(() => stripe.setDown(false))
afterAll(() => run?.stop())

const newCustomer = () => `cus_${randomUUID()}`

function paidSubscription(fields: { metadata?: Record<string, string>; customer?: string }): string {
  const id = stripe.subscribe({ start: JAN, end: FEB, ...fields })
  stripe.invoice(id, JAN, FEB)
  return id
}

const start = (account: TestAccount, external_id: string) =>
  account.caller.post(`${account.path}/memberships`, { plan: 'member', provider: 'stripe', external_id })

const refusedFor = (reason: RegExp) => ({
  status: 422,
  body: { code: 'invalid_request', errors: [{ path: 'external_id', message: expect.stringMatching(reason) }] },
})

it('a subscription whose metadata names another account is refused, and that account gets its credits', async () => {
  const [ada, bob] = await Promise.all([1, 2].map(() => createTestAccount(run.design, JAN)))
  if (!ada || !bob) throw new Error('no accounts')
  const id = paidSubscription({ metadata: { account: accountOf(ada) } })
  expect(await start(bob, id)).toMatchObject(refusedFor(/another account/))
  expect(await membershipsOf(bob)).toEqual([])
  expect(await start(ada, id)).toMatchObject({ status: 201, body: { external_id: id, state: 'active' } })
  expect(await start(bob, id)).toMatchObject(refusedFor(/another account/))
})

it('a subscription of another customer is refused', async () => {
  const customer = newCustomer()
  const ada = await createTestAccount(run.design, JAN, { stripe_customer: customer })
  const bob = await createTestAccount(run.design, JAN, { stripe_customer: newCustomer() })
  const eve = await createTestAccount(run.design, JAN)
  const id = paidSubscription({ customer })
  expect(await start(bob, id)).toMatchObject(refusedFor(/another account/))
  expect(await start(eve, id)).toMatchObject(refusedFor(/another account/))
  expect(await start(bob, paidSubscription({ customer: newCustomer() }))).toMatchObject(refusedFor(/stripe_customer/))
  expect(await start(ada, id)).toMatchObject({ status: 201 })
})

it('an account that starts a subscription of an unknown customer becomes that customer', async () => {
  const customer = newCustomer()
  const [ada, bob] = await Promise.all([1, 2].map(() => createTestAccount(run.design, JAN)))
  if (!ada || !bob) throw new Error('no accounts')
  expect(await start(ada, paidSubscription({ customer }))).toMatchObject({ status: 201 })
  expect((await ada.caller.get(ada.path)).body).toMatchObject({ stripe_customer: customer })
  expect(await start(bob, paidSubscription({ customer }))).toMatchObject(refusedFor(/another account/))
})

it('a subscription of another product is refused', async () => {
  const branding = await createTestAccount(run.lotkeeper.as('branding'), JAN)
  const ada = await createTestAccount(run.design, JAN)
  expect(await start(ada, paidSubscription({ metadata: { product: 'branding' } }))).toMatchObject(
    refusedFor(/another product/),
  )
  const unnamed = paidSubscription({ metadata: { plan: 'freelancer' } })
  const body = { plan: 'freelancer', provider: 'stripe', external_id: unnamed }
  expect(await branding.caller.post(`${branding.path}/memberships`, body)).toMatchObject({ status: 201 })
  expect(await start(ada, unnamed)).toMatchObject(refusedFor(/another product/))
})

it('a customer belongs to one account of a product', async () => {
  const customer = newCustomer()
  const path = () => `/v1/accounts/${randomUUID()}`
  const answers = await Promise.all([1, 2, 3, 4].map(() => run.design.put(path(), { stripe_customer: customer })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422])
  const refused = answers.find(({ status }) => status === 422)
  expect(refused?.body).toMatchObject({
    errors: [{ path: 'stripe_customer', message: expect.stringMatching(/another account/) }],
  })
  expect(await run.lotkeeper.as('branding').put(path(), { stripe_customer: customer })).toMatchObject({ status: 201 })
})

it('a subscription that Stripe does not know is refused at once and starts no workflow', async () => {
  const ada = await createTestAccount(run.design, JAN)
  const unknown = `sub_${randomUUID()}`
  expect(await start(ada, unknown)).toMatchObject(refusedFor(/Stripe has no subscription sub_/))
  const id = membershipWorkflowId('x-design', deriveId('mem', 'x-design', 'stripe', unknown))
  await expect(run.lotkeeper.temporal.workflow.getHandle(id).describe()).rejects.toThrow(WorkflowNotFoundError)
})

it('while Stripe is unreachable the start of a subscription is not refused but postponed', async () => {
  const ada = await createTestAccount(run.design, JAN)
  const id = paidSubscription({ metadata: { account: accountOf(ada) } })
  stripe.setDown(true)
  expect(await start(ada, id)).toMatchObject({
    status: 503,
    body: { code: 'temporarily_unavailable', detail: expect.stringMatching(/no membership was started.*again/i) },
  })
  stripe.setDown(false)
  expect(await start(ada, id)).toMatchObject({ status: 201, body: { state: 'active' } })
})

it('a workflow started over Temporal for an unknown subscription ends', async () => {
  const ada = await createTestAccount(run.design, JAN)
  const { workflow } = run.lotkeeper.temporal
  const id = randomUUID()
  const input = { product: 'x-design', account: accountOf(ada), id, subscription: 'sub_of_nobody' }
  const handle = await workflow.start('membership', {
    args: [input],
    taskQueue: run.lotkeeper.taskQueue,
    workflowId: membershipWorkflowId('x-design', id),
  })
  await expect(handle.executeUpdate(checkUpdate)).rejects.toThrow()
  expect(await handle.result()).toEqual({ outcome: 'refused' })
})
