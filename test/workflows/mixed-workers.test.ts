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

// A deployment without Worker Versioning: workers of two releases poll the same queue, and each may get workflows that
// the other started. The newer release guards its additional steps by `patched`, so it can replay histories of the older
// one. The older one cannot replay histories of the newer one and leaves them to it.

let lotkeeper: Lotkeeper
let kvidai: Caller
let connection: Connection
const running = new Set<RunningWorker>()

jest.setTimeout(240_000)

beforeAll(async () => {
  lotkeeper = await startLotkeeper({}, { runsWorker: false })
  kvidai = lotkeeper.as('kvidai')
  connection = await Connection.connect(temporalOf(lotkeeper.config))
})
afterAll(async () => {
  await Promise.all([...running].map(worker => worker.stop()))
  await lotkeeper?.stop()
  await connection?.close()
})

/** The code of the next release: generations and memberships have one more step, guarded by `patched`. */
function nextRelease(code: string): string {
  const library = '(0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__'
  const step = `if (${library}.patched)("next-release")) await ${library}.sleep)(1);`
  const changed = code
    .replace('await workflow.reserve();', statement => `${statement} ${step}`)
    .replace('await workflow.open();', statement => `${statement} ${step}`)
  expect(changed.split(step)).toHaveLength(3)
  return changed
}

async function startTestWorker(workflowCode: string): Promise<RunningWorker> {
  const worker = await startWorker(lotkeeper.config, { workflowCode, logger: pino({ level: 'silent' }) })
  running.add(worker)
  return worker
}

async function stopTestWorker(worker: RunningWorker): Promise<void> {
  running.delete(worker)
  await worker.stop()
}

/** Posts, and repeats under the same key while the answer is 503. */
async function postUntilAnswered(path: string, body: object = {}, key = randomUUID()): Promise<Answer['body']> {
  const answer = await kvidai.post(path, body, key)
  if (answer.status === 503) return postUntilAnswered(path, body, key)
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const BEGIN = Date.UTC(2027, 0, 15)
const month = (n: number) => new Date(Date.UTC(2027, n, 15)).toISOString()

/** A member on a test clock, with generations. */
class Customer {
  readonly path = `/v1/accounts/${randomUUID()}`
  readonly generations: string[] = []
  clock = ''
  membership = ''

  async join(): Promise<void> {
    this.clock = (await postUntilAnswered('/v1/test-clocks', { now: new Date(BEGIN).toISOString() })).id
    await kvidai.put(this.path, { test_clock: this.clock })
    const body = { plan: 'membership', paid_through: month(8) }
    this.membership = (await postUntilAnswered(`${this.path}/memberships`, body)).id
  }
  /** Reserves a generation. */
  async generate(): Promise<void> {
    const order = { operation: 'text', outputs: IMAGES, timeout_seconds: 7 * 24 * 3600 }
    this.generations.push((await postUntilAnswered(`${this.path}/generations`, order)).id)
  }
  async deliver(index: number): Promise<void> {
    const items = [{ index, ok: true }]
    await Promise.all(this.generations.map(id => postUntilAnswered(`/v1/generations/${id}/complete`, { items })))
  }
  async advance(until: string): Promise<void> {
    await postUntilAnswered(`/v1/test-clocks/${this.clock}/advance`, { to: until })
  }
}

const CUSTOMERS = 4
const IMAGES = 3

it('workers of two releases continue workflows of each other, and every step takes effect once', async () => {
  const code = await workflowBundle()
  const customers = Array.from({ length: CUSTOMERS }, () => new Customer())
  const forAll = (run: (customer: Customer) => Promise<void>) => Promise.all(customers.map(run))

  let older = await startTestWorker(code)
  await forAll(async customer => {
    await customer.join()
    await customer.generate()
    await customer.deliver(0)
  })
  // The newer worker replaces the older one.
  let newer = await startTestWorker(nextRelease(code))
  await forAll(customer => customer.generate())
  await stopTestWorker(older)
  await forAll(customer => customer.deliver(1))
  // The long form rolls back halfway and deploys again. Workflows that the older worker cannot replay wait for the newer.
  if (repetitions(0, 1)) {
    older = await startTestWorker(code)
    await forAll(customer => customer.generate())
    await stopTestWorker(newer)
    newer = await startTestWorker(nextRelease(code))
  }
  await forAll(async customer => {
    for (let image = 0; image < IMAGES; image++) await customer.deliver(image)
    for (let n = 1; n <= 3; n++) await customer.advance(month(n))
  })
  if (repetitions(0, 1)) await stopTestWorker(older)
  await forAll(customer => customer.advance(month(4)))

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
  console.info(`${workers.length} workflows, ${shared} of them run by more than one worker`)
})

/** The number of workers that ran the last run of a workflow, by their sticky queues. */
async function workersOf(workflowId: string): Promise<number> {
  const { events } = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory()
  const sticky = (events ?? []).map(event => event.workflowTaskScheduledEventAttributes?.taskQueue?.name ?? '')
  return new Set(sticky.filter(name => name !== lotkeeper.taskQueue && name !== '')).size
}
