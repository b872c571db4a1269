import { randomUUID } from 'node:crypto'
import { type GenerationRefused, type GenerationRequest, startGeneration } from '@lotkeeper/client/temporal'
import { Client, Connection } from '@temporalio/client'
import type { GenerationInput } from '../../../domain/generations/reservation.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// The entry of the published client for services that use Temporal, without HTTP.

let lotkeeper: Lotkeeper
let connection: Connection
let client: Client
let account: string

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  connection = await Connection.connect({ address: lotkeeper.temporalAddress })
  client = new Client({ connection })
})
afterAll(async () => {
  await connection?.close()
  await lotkeeper?.stop()
})
beforeEach(async () => {
  account = randomUUID()
  const kvidai = lotkeeper.as('kvidai')
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 10, reason: 'test' })
})

const start = (request: Partial<GenerationRequest> = {}) =>
  startGeneration(
    client,
    { product: 'kvidai', account, id: randomUUID(), operation: 'image', outputs: 2, ...request },
    { taskQueue: lotkeeper.taskQueue },
  )

it('a generation is started by one call and completed, and the API shows it', async () => {
  const generation = await start()
  expect(generation).toMatchObject({ generation: { state: 'reserved', held: 4 }, totals: { available: 6 } })
  expect(await generation.complete({ delivered: 1 })).toMatchObject({ state: 'partially_refunded', spent: 2 })
  const { body } = await lotkeeper.as('kvidai').get(`/v1/generations/${generation.generation.id}`)
  expect(body).toMatchObject({ state: 'partially_refunded', spent: 2, refunded: 2 })
})

it('a repeated start reserves once, and a settlement of an ended generation answers how it ended', async () => {
  const id = randomUUID()
  const [first, second] = [await start({ id }), await start({ id })]
  expect(second.generation).toEqual(first.generation)
  expect(await first.fail('out of memory')).toMatchObject({ state: 'refunded', refunded: 4 })
  expect(await second.cancel()).toMatchObject({ state: 'refunded', held: 0, refunded: 4 })
})

it('a refusal has its code and fields', async () => {
  const refused: GenerationRefused = await start({ outputs: 6 }).catch(error => error)
  expect(refused).toMatchObject({
    name: 'GenerationRefused',
    code: 'insufficient_credits',
    refusal: { required: 12, available: 10 },
  })
})

it('the request has the fields of the workflow', () => {
  // Checked by the compiler.
  const ours = (request: GenerationInput): GenerationRequest => request
  const theirs = (request: GenerationRequest): GenerationInput => request
  expect([ours, theirs]).toHaveLength(2)
})
