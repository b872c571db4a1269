import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { temporalOf } from '../../platform/config.ts'
import { type RunningWorker, startWorker } from '../../worker/start.ts'
import { generationWorkflowId, membershipWorkflowId } from '../../workflows/contract/ids.ts'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { repetitions, workflowBundle } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

// A deploy without Worker Deployments: for a while workers of two releases ask the same queue for work, and either may be
// given what the other began. What the newer one does more is `patched`, so it replays what the older one did; the older
// one cannot replay what the newer one did, and leaves that to it.

let lotkeeper: Lotkeeper
let kvidai: Caller
let connection: Connection
const running = new Set<RunningWorker>()

jest.setTimeout(240_000)

beforeAll(async () => {
  lotkeeper = await startLotkeeper({}, undefined, undefined, false)
  kvidai = lotkeeper.as('kvidai')
  connection = await Connection.connect(temporalOf(lotkeeper.config))
})
afterAll(async () => {
  await Promise.all([...running].map(worker => worker.stop()))
  await lotkeeper?.stop()
  await connection?.close()
})

/** The next release: generations and memberships take one step more, behind `patched`. */
function nextRelease(code: string): string {
  const library = '(0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__'
  const step = `if (${library}.patched)("next-release")) await ${library}.sleep)(1);`
  const changed = code
    .replace('await workflow.reserve();', begins => `${begins} ${step}`)
    .replace('await workflow.open();', begins => `${begins} ${step}`)
  expect(changed.split(step)).toHaveLength(3)
  return changed
}

async function work(workflowCode: string): Promise<RunningWorker> {
  const worker = await startWorker(lotkeeper.config, { workflowCode, logger: pino({ level: 'silent' }) })
  running.add(worker)
  return worker
}

async function leave(worker: RunningWorker): Promise<void> {
  running.delete(worker)
  await worker.stop()
}

/** Who is not answered in time sends the same again. */
async function insist(path: string, body: object = {}, key = randomUUID()): Promise<Answer['body']> {
  const answer = await kvidai.post(path, body, key)
  if (answer.status === 503) return insist(path, body, key)
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const BEGIN = Date.UTC(2027, 0, 15)
const month = (n: number) => new Date(Date.UTC(2027, n, 15)).toISOString()

/** A member who generates, on a test clock. */
class Customer {
  readonly path = `/v1/accounts/${randomUUID()}`
  readonly generations: string[] = []
  clock = ''
  membership = ''

  async join(): Promise<void> {
    this.clock = (await insist('/v1/test-clocks', { now: new Date(BEGIN).toISOString() })).id
    await kvidai.put(this.path, { test_clock: this.clock })
    const body = { plan: 'membership', paid_through: month(8) }
    this.membership = (await insist(`${this.path}/memberships`, body)).id
  }
  /** Begins a generation, and delivers one image more of all that are under way. */
  async generate(): Promise<void> {
    const order = { operation: 'text', outputs: IMAGES, timeout_seconds: 7 * 24 * 3600 }
    this.generations.push((await insist(`${this.path}/generations`, order)).id)
  }
  async deliver(index: number): Promise<void> {
    const items = [{ index, ok: true }]
    await Promise.all(this.generations.map(id => insist(`/v1/generations/${id}/complete`, { items })))
  }
  async live(until: string): Promise<void> {
    await insist(`/v1/test-clocks/${this.clock}/advance`, { to: until })
  }
}

const CUSTOMERS = 4
const IMAGES = 3

it('workers of two releases continue the workflows of each other, and do nothing twice', async () => {
  const code = await workflowBundle()
  const customers = Array.from({ length: CUSTOMERS }, () => new Customer())
  const all = (what: (customer: Customer) => Promise<void>) => Promise.all(customers.map(what))

  let older = await work(code)
  await all(async customer => {
    await customer.join()
    await customer.generate()
    await customer.deliver(0)
  })
  // The newer one comes, and the older one goes.
  let newer = await work(nextRelease(code))
  await all(customer => customer.generate())
  await leave(older)
  await all(customer => customer.deliver(1))
  // In the long form the deploy is taken back by half, and done again: what the older worker fails at waits for the newer.
  if (repetitions(0, 1)) {
    older = await work(code)
    await all(customer => customer.generate())
    await leave(newer)
    newer = await work(nextRelease(code))
  }
  await all(async customer => {
    for (let image = 0; image < IMAGES; image++) await customer.deliver(image)
    for (let n = 1; n <= 3; n++) await customer.live(month(n))
  })
  if (repetitions(0, 1)) await leave(older)
  await all(customer => customer.live(month(4)))

  for (const { path, generations } of customers) {
    for (const id of generations)
      expect((await kvidai.get(`/v1/generations/${id}`)).body).toMatchObject({
        state: 'committed',
        spent: IMAGES,
      })
    const { data } = (await kvidai.get(`${path}/lots`)).body
    const months = data.map((lot: { granted: number; granted_at: string }) => [lot.granted, lot.granted_at])
    expect(months.sort()).toEqual([0, 1, 2, 3, 4].map(n => [300, month(n)]))
  }
  const workers = await Promise.all(
    customers.flatMap(({ generations, membership }) => [
      ...generations.map(id => workersOf(generationWorkflowId('kvidai', id))),
      workersOf(membershipWorkflowId('kvidai', membership)),
    ]),
  )
  const shared = workers.filter(count => count > 1).length
  expect(shared).toBeGreaterThan(0)
  console.info(`${workers.length} workflows, ${shared} of them by more than one worker`)
})

/** How many workers had a hand in the last run of a workflow. Both are one process: their queues tell them apart. */
async function workersOf(workflowId: string): Promise<number> {
  const { events } = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory()
  const sticky = (events ?? []).map(event => event.workflowTaskScheduledEventAttributes?.taskQueue?.name ?? '')
  return new Set(sticky.filter(name => name !== lotkeeper.taskQueue && name !== '')).size
}
