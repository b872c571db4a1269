import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { type AppConfig, readConfig } from '../../platform/config.ts'
import { type Policies, readPolicies } from '../../platform/policy-store.ts'
import { prepareTemporal } from '../../worker/bootstrap/prepare-temporal.ts'
import { keepSchedules } from '../../worker/schedules/keep.ts'
import { temporalAddress } from '../support/run/servers.ts'
import { waitFor } from '../support/wait-for.ts'

let connection: Connection
let client: Client

beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() })
  client = new Client({ connection })
})
afterAll(() => connection?.close())

/** A deployment of its own, without a worker. */
function deployment(settings: NodeJS.ProcessEnv = {}): AppConfig {
  const TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`
  const config = readConfig({ NODE_ENV: 'test', TEMPORAL_TASK_QUEUE, ...settings })
  return { ...config, databaseUrl: '', temporalAddress: temporalAddress() }
}

async function schedulesOf({ temporalTaskQueue: queue }: AppConfig): Promise<string[]> {
  const found: string[] = []
  for await (const { scheduleId } of client.schedule.list())
    if (scheduleId.endsWith(`/${queue}`)) found.push(scheduleId.slice(0, -queue.length - 1))
  return found.sort()
}

/** Policies that a test can change, each without a next version unless `announced` names it. */
function changeable(policies: Policies, announced: string[] = []) {
  const next = (product: string) => (announced.includes(product) ? (policies.get(product) ?? null) : null)
  return Object.assign(new Map(policies), { next })
}

const access = { STRIPE_SECRET_KEY: 'sk_test_schedules', GUMROAD_TOKEN: 'token' }

it('polls and sweeps have schedules, and those of removed products and providers are deleted', async () => {
  const config = deployment(access)
  const policies = changeable(readPolicies(config.policiesDir), ['kvidai'])
  await Promise.all([prepareTemporal(config, policies), prepareTemporal(config, policies)])
  const all = [
    'audit-sweep/branding',
    'audit-sweep/kvidai',
    'audit-sweep/listing-studio',
    'audit-sweep/myai',
    'audit-sweep/x-design',
    'expiry-notices',
    'gumroad-sales/myai',
    'policy-announcements/kvidai',
    'reconcile',
    'stripe-events',
  ]
  expect(
    await waitFor(
      'all schedules',
      () => schedulesOf(config),
      ({ length }) => length >= all.length,
    ),
  ).toEqual(all)

  policies.delete('myai')
  await prepareTemporal({ ...config, stripe: { ...config.stripe, secretKey: undefined } }, policies)
  const left = all.filter(id => !id.endsWith('/myai') && id !== 'stripe-events')
  await waitFor(
    'the others to be removed',
    () => schedulesOf(config),
    ({ length }) => length <= left.length,
  )
  expect(await schedulesOf(config)).toEqual(left)
})

it('a schedule takes a new interval and keeps an operator’s pause', async () => {
  const config = deployment(access)
  const policies = changeable(readPolicies(config.policiesDir))
  await prepareTemporal(config, policies)
  const sweep = client.schedule.getHandle(`audit-sweep/kvidai/${config.temporalTaskQueue}`)
  const events = client.schedule.getHandle(`stripe-events/${config.temporalTaskQueue}`)
  await events.pause('Stripe is moving')

  const kvidai = policies.get('kvidai')
  if (!kvidai?.audit.sweep) throw new Error('kvidai has no sweep')
  policies.set('kvidai', { ...kvidai, audit: { ...kvidai.audit, sweep: { ...kvidai.audit.sweep, every_hours: 5 } } })
  await prepareTemporal(config, policies)
  expect((await sweep.describe()).spec.intervals).toMatchObject([{ every: 5 * 3_600_000 }])
  expect((await events.describe()).state).toMatchObject({ paused: true, note: 'Stripe is moving' })
})

it('a schedule that an operator deletes is created again', async () => {
  const config = deployment()
  const policies = readPolicies(config.policiesDir)
  await prepareTemporal(config, policies)
  const reconcile = client.schedule.getHandle(`reconcile/${config.temporalTaskQueue}`)
  await reconcile.delete()
  const failures: unknown[] = []
  const kept = keepSchedules(config, policies, error => failures.push(error), 100)
  await waitFor('the schedule', () =>
    reconcile.describe().then(
      () => true,
      () => false,
    ),
  )
  await kept.stop()
  expect(failures).toEqual([])
})
