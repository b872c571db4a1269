import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { runAudit } from '../clients/run-audit.ts'
import { corruptLedger } from '../database/corrupt-ledger.ts'
import { lockRows } from '../database/row-lock.ts'
import { waitFor } from '../wait-for.ts'
import { auditSweepAtWork, pollAtWork, reconcileAtWork } from './schedule-scenes.ts'
import { Customer, ok, type Scene, type Stage } from './stage.ts'

const start = ({ client, lotkeeper }: Stage, type: string, workflowId: string, input: object) =>
  client.workflow.start(type, { workflowId, taskQueue: lotkeeper.taskQueue, args: [input] })

/** A reservation that an operator interrupts as early as possible: its deadline returns what it may hold. */
async function generationBeforeReserve(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const [id, account] = [randomUUID(), customer.name]
  const workflowId = `generation/kvidai/${id}`
  await start(stage, 'generation', workflowId, {
    product: 'kvidai',
    account,
    id,
    operation: 'image',
    timeout_seconds: 2,
  })
  return { workflowId, goesOn: () => customer.has(20) }
}

/** The same while the database makes the reservation wait. */
async function generationDuringReserve(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const release = await lockRows(stage.lotkeeper, 'select 1 from accounts where account = $1 for update', [
    customer.name,
  ])
  const [id, account] = [randomUUID(), customer.name]
  const workflowId = `generation/kvidai/${id}`
  await start(stage, 'generation', workflowId, {
    product: 'kvidai',
    account,
    id,
    operation: 'image',
    timeout_seconds: 2,
  })
  const goesOn = async () => {
    await release()
    await customer.has(20)
  }
  return { workflowId, goesOn }
}

async function generationAfterReserve(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/generations`, { operation: 'image' })
  const goesOn = async () => {
    const { status, body } = await waitFor(
      'the generation to be settled',
      () => customer.calls.post(`/v1/generations/${id}/complete`),
      answer => answer.status !== 503,
    )
    if (status !== 200 && body.code !== 'already_settled') throw new Error(JSON.stringify(body))
    await customer.has(status === 200 ? 18 : 20)
  }
  return { workflowId: `generation/kvidai/${id}`, goesOn }
}

async function membership(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/memberships`, { plan: 'membership' })
  const goesOn = async () => {
    await customer.post(`/v1/memberships/${id}/lapse`)
    await customer.post(`/v1/memberships/${id}/reactivate`)
    await customer.has(320)
  }
  return { workflowId: `membership/kvidai/${id}`, goesOn }
}

async function order(stage: Stage) {
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/purchases`, { pack: 'credits', provider: 'bank_transfer' })
  const send = (event: string, body: object = {}) => customer.post(`/v1/purchases/${id}/${event}`, body)
  const pay = () => send('payment', { reference: `transfer-${id}` })
  return { customer, workflowId: `purchase/kvidai/${id}`, pay, refund: () => send('refund', { reason: 'test' }) }
}

async function purchaseWaiting(stage: Stage): Promise<Scene> {
  const { customer, workflowId, pay } = await order(stage)
  const goesOn = async () => {
    await pay()
    await customer.has(120)
  }
  return { workflowId, goesOn }
}

async function purchasePaid(stage: Stage): Promise<Scene> {
  const { customer, workflowId, pay, refund } = await order(stage)
  await pay()
  const goesOn = async () => {
    await customer.has(120)
    await refund()
    await customer.has(20)
  }
  return { workflowId, goesOn }
}

async function purchaseEnded(stage: Stage): Promise<Scene> {
  const { customer, workflowId, pay, refund } = await order(stage)
  await pay()
  await refund()
  const handle = stage.client.workflow.getHandle(workflowId)
  await handle.executeUpdate('event', { args: [{ kind: 'acknowledged' }, 'by-the-test'] })
  await handle.result()
  return { workflowId, goesOn: () => customer.has(20) }
}

async function campaign(stage: Stage): Promise<Scene> {
  const existing = await new Customer(stage).arrive()
  const newcomer = new Customer(stage)
  const audience = { accounts: [existing.name, newcomer.name] }
  const spring = { name: 'spring', source: 'promotional', amount: 5, validity: 'P14D', audience }
  const { id } = await existing.post('/v1/campaigns', { ...spring, window: { until: '2099-01-01T00:00:00Z' } })
  const goesOn = async () => {
    await newcomer.arrive()
    await newcomer.has(25)
    await existing.has(25)
  }
  return { workflowId: `campaign/kvidai/${id}`, goesOn }
}

/** It waits for a membership whose workflow was terminated. */
async function closure(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const { id } = await customer.post(`${customer.path}/memberships`, { plan: 'membership' })
  await stage.client.workflow.getHandle(`membership/kvidai/${id}`).terminate('by an operator')
  const closed = () => customer.calls.delete(customer.path)
  await closed()
  const goesOn = async () => {
    const { status } = await waitFor('the account to be closed', closed, answer => answer.status !== 503)
    if (status >= 300) throw new Error(`the account was not closed: ${status}`)
  }
  return { workflowId: `closure/kvidai/${accountKey('kvidai', customer.name)}`, goesOn }
}

/** It waits for a second person. */
async function audit(stage: Stage): Promise<Scene> {
  const customer = await new Customer(stage).arrive()
  const tooMany = 'update lots set granted = granted + 5, available = available + 5 where account_key = $1'
  await corruptLedger(stage.lotkeeper.db, accountKey('kvidai', customer.name), tooMany)
  const { body } = await runAudit(stage.lotkeeper.as('kvidai', 'support'), customer.path)
  const goesOn = async () => {
    await customer.post(`/v1/approvals/${body.approval}/approve`)
    await customer.has(20)
  }
  return { workflowId: `audit/kvidai/${body.id}`, goesOn }
}

/** The endpoint refuses its first message. */
async function webhookDelivery(stage: Stage): Promise<Scene> {
  const { receiver } = stage
  const calls = stage.lotkeeper.as('x-design')
  const { id } = ok(await calls.post('/v1/webhook-endpoints', { url: receiver.url }))
  const refused = receiver.received.length
  receiver.answer(503)
  const test = async () => ok(await calls.post(`/v1/webhook-endpoints/${id}/test`))
  await test()
  await receiver.waitFor(refused + 1)
  const [first] = receiver.received.slice(refused)
  const goesOn = async () => {
    receiver.answer(204)
    await test()
    await receiver.waitFor(2, message => message.id === first?.id)
    ok(await calls.delete(`/v1/webhook-endpoints/${id}`))
  }
  return { workflowId: `webhooks/x-design/${id}`, goesOn }
}

export const scenes = {
  generationBeforeReserve,
  generationDuringReserve,
  generationAfterReserve,
  membership,
  purchaseWaiting,
  purchasePaid,
  purchaseEnded,
  campaign,
  closure,
  audit,
  webhookDelivery,
  pollAtWork,
  reconcileAtWork,
  auditSweepAtWork,
} satisfies Record<string, (stage: Stage) => Promise<Scene>>
