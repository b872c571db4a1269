import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { readPosition } from '../../../db/operations/positions.ts'
import { scheduleId } from '../../../workflows/contract/ids.ts'
import { lockRows, statementWaits } from '../database/row-lock.ts'
import { waitFor } from '../wait-for.ts'
import { disturb, trigger } from './disturb.ts'
import { Customer, ok, type Scene, type Stage } from './stage.ts'

// Workflows of schedules, which an operator disturbs while they work.

/** It waits for Stripe's answer, which has a payment that no webhook delivered. */
export async function pollAtWork(stage: Stage): Promise<Scene> {
  const { stripe, client, lotkeeper } = stage
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/purchases`, { pack: 'credits', provider: 'stripe' })
  const session = await waitFor('the payment page', () => stripe.payments.sessionOf(id))
  stripe.payments.pay(session)
  stripe.event('checkout.session.completed', session)
  stripe.setOutcomes(() => 'delay')
  const schedule = scheduleId('stripe-events', lotkeeper.taskQueue)
  const { workflowId } = await trigger(client, schedule)
  await waitFor('the question', () => stripe.openRequests().length > 0)
  const goesOn = async () => {
    stripe.setOutcomes(() => 'answer')
    await trigger(client, schedule)
    await customer.has(120)
  }
  return { workflowId, goesOn }
}

/** It waits for the database; a membership without a workflow waits for it. */
export async function reconcileAtWork(stage: Stage): Promise<Scene> {
  const { client, lotkeeper } = stage
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/memberships`, { plan: 'membership' })
  await disturb(client, 'terminate', `membership/kvidai/${id}`)
  const release = await lockRows(
    lotkeeper,
    `insert into schedule_positions (schedule, position) values ('reconcile', $1)
     on conflict (schedule) do update set recorded_at = clock_timestamp()`,
    [new Date(Date.now() - 3_600_000).toISOString()],
  )
  const { workflowId } = await trigger(client, scheduleId('reconcile', lotkeeper.taskQueue))
  await statementWaits(lotkeeper, 'schedule_positions')
  const goesOn = async () => {
    await release()
    await customer.post(`/v1/memberships/${id}/lapse`)
    await customer.post(`/v1/memberships/${id}/reactivate`)
    await customer.has(320)
  }
  return { workflowId, goesOn }
}

/** It waits for the database at an account's result. */
export async function auditSweepAtWork({ client, lotkeeper }: Stage): Promise<Scene> {
  const name = randomUUID()
  ok(await lotkeeper.as('branding').put(`/v1/accounts/${name}`, {}))
  const key = accountKey('branding', name)
  const audited =
    'insert into audit_results (account_key, product, audited_at, findings, credits) values ($1, $2, now(), 0, 0)'
  const release = await lockRows(lotkeeper, audited, [key, 'branding'])
  const schedule = scheduleId('audit-sweep', lotkeeper.taskQueue, 'branding')
  const { workflowId } = await trigger(client, schedule)
  await statementWaits(lotkeeper, 'audit_results')
  const goesOn = async () => {
    await release('rollback')
    await trigger(client, schedule)
    const result = async () =>
      (await lotkeeper.db.query('select findings from audit_results where account_key = $1', [key])).rows
    await waitFor('the result', result, ([row]) => row?.findings === 0)
    await waitFor('the end', async () => (await readPosition(lotkeeper.db, 'audit-sweep/branding')) === null)
  }
  return { workflowId, goesOn }
}
