import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Lotkeeper as Client, connect, isProblem, LotkeeperError, withCredits } from '@lotkeeper/client'
import { paint } from '../../../examples/image-service/paint.ts'
import { imageService } from '../../../examples/image-service/service.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller
let client: Client
let account: string

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
  client = connect({ url: lotkeeper.url, key: key() })
})
afterAll(() => lotkeeper.stop())
beforeEach(async () => {
  account = randomUUID()
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 20, reason: 'test' })
})

const key = () => lotkeeper.keys.kvidai?.generate ?? ''
const balance = () => client.get('/v1/accounts/{account}/balance', { params: { path: { account } } })

/** The entries of the account as `amount from → to`, oldest first. */
async function entriesOf(): Promise<string[]> {
  const { body } = await kvidai.get(`/v1/accounts/${account}/entries?limit=100`)
  return body.data.reverse().map((entry: any) => `${entry.amount} ${entry.from} → ${entry.to}`)
}

it('the types are those of the contract; npm run client writes them', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-client-'))
  const written = path.join(folder, 'api.ts')
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/write-client.ts', written], { cwd: root })
  const file = path.join(root, 'clients/typescript/src/api.ts')
  expect(readFileSync(file, 'utf8') === readFileSync(written, 'utf8')).toBe(true)
  rmSync(folder, { recursive: true })
})

it('calls are typed, with query parameters, and answer the body', async () => {
  expect((await balance()).available).toBe(20)
  const params = { path: { account }, query: { limit: 1 } }
  const lots = await client.get('/v1/accounts/{account}/lots', { params })
  expect(lots.data.map(({ available }) => available)).toEqual([20])
})

it('a list is read to its end, page by page', async () => {
  for (const amount of [1, 2, 3])
    await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  const amounts: number[] = []
  const params = { path: { account }, query: { limit: 2 } }
  for await (const { amount } of client.list('/v1/accounts/{account}/entries', { params })) amounts.push(amount)
  expect(amounts).toEqual([3, 2, 1, 20])
})

it('a refusal throws an error with its code and fields', async () => {
  const body = { operation: 'video', outputs: 2 }
  const charge = client.post('/v1/accounts/{account}/charges', { params: { path: { account } }, body })
  const error = await charge.catch(error => error)
  expect(error).toBeInstanceOf(LotkeeperError)
  expect(error).toMatchObject({
    status: 402,
    message: expect.stringMatching(/^Costs 40 credits; 20 are available\. Buy a pack/),
  })
  expect(isProblem(error, 'insufficient_credits') && error.problem.required - error.problem.available).toBe(20)
  expect(isProblem(error, 'not_found')).toBe(false)
})

/** A client whose answers pass through a function, with the keys that it sent. */
function observed(change: (response: Response, count: number) => Response): {
  client: Client
  keys: (string | null)[]
} {
  const keys: (string | null)[] = []
  const send = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    keys.push((input as Request).headers.get('idempotency-key'))
    return change(await fetch(input, init), keys.length)
  }
  return { client: connect({ url: lotkeeper.url, key: key(), fetch: send }), keys }
}

const charge = { body: { operation: 'image', outputs: 2 } }

it('a lost answer is requested again under the same key: charged once', async () => {
  const { client, keys } = observed((response, count) => {
    if (count === 1) throw new TypeError('the connection broke')
    return count === 2 ? new Response('bad gateway', { status: 502 }) : response
  })
  const params = { path: { account } }
  const { spent } = await client.post('/v1/accounts/{account}/charges', { params, ...charge })
  expect(spent).toBe(4)
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  expect(await entriesOf()).toEqual(['20 issued → available', '4 available → held', '4 held → spent'])
})

it('a business key makes a call of another process the same call', async () => {
  const { client, keys } = observed(response => response)
  const once = { params: { path: { account } }, ...charge, idempotencyKey: `order ${account}` }
  const first = await client.post('/v1/accounts/{account}/charges', once)
  expect(await client.post('/v1/accounts/{account}/charges', once)).toEqual(first)
  expect(keys).toEqual([`order ${account}`, `order ${account}`])
})

it('the client does not repeat a call whose error would recur', async () => {
  const { client, keys } = observed(response => response)
  await expect(client.get('/v1/keys')).rejects.toMatchObject({ code: 'scope_required' })
  expect(keys).toHaveLength(1)
})

it('the answer of openapi-fetch has the balance headers', async () => {
  const { response } = await client.http.GET('/v1/accounts/{account}', { params: { path: { account } } })
  expect(response.headers.get('credits-available')).toBe('20')
})

it('withCredits spends for delivered outputs and refunds the rest', async () => {
  const result = await withCredits(client, { account, operation: 'image', outputs: 4 }, async task => {
    expect((await balance()).held).toBe(8)
    task.delivered(3)
    return 'three images'
  })
  expect(result).toBe('three images')
  expect(await balance()).toMatchObject({ available: 14, held: 0 })
})

it('withCredits refunds all when the task throws, and does not run a task that is refused', async () => {
  const failing = withCredits(client, { account, operation: 'image', outputs: 4 }, async () => {
    throw new Error('out of memory')
  })
  await expect(failing).rejects.toThrow('out of memory')
  expect(await balance()).toMatchObject({ available: 20, held: 0 })
  const task = jest.fn()
  await expect(withCredits(client, { account, operation: 'video', outputs: 2 }, task)).rejects.toMatchObject({
    code: 'insufficient_credits',
  })
  expect(task).not.toHaveBeenCalled()
})

describe('the image service of examples/', () => {
  let server: Server
  let url: string
  let broken = new Set<number>()

  beforeAll(async () => {
    const painter = (prompt: string, index: number) => {
      if (broken.has(index)) throw new Error('no memory')
      return paint(prompt, index)
    }
    await new Promise<void>(resolve => {
      server = imageService(client, painter).listen(0, '127.0.0.1', () => resolve())
    })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  const order = async (body: object): Promise<{ status: number; body: any }> => {
    const response = await fetch(`${url}/images`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, prompt: 'sea', ...body }),
    })
    return { status: response.status, body: await response.json() }
  }

  it('makes images, and charges for those that succeed', async () => {
    broken = new Set([1])
    const { status, body } = await order({ count: 3 })
    expect(status).toBe(201)
    expect(body.images).toHaveLength(2)
    const image = await fetch(`${url}${body.images[0]}`)
    expect(image.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await image.arrayBuffer())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([192, 192])
    expect(await balance()).toMatchObject({ available: 16, held: 0 })
  })

  it('charges nothing when no image succeeds, and passes a refusal on', async () => {
    broken = new Set([0, 1])
    expect((await order({ count: 2 })).status).toBe(500)
    expect(await balance()).toMatchObject({ available: 20, held: 0 })
    expect(await order({ count: 11 })).toMatchObject({ status: 402, body: { code: 'insufficient_credits' } })
  })
})
