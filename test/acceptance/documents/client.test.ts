import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type Lotkeeper as Client, connect, LotkeeperError, withCredits } from '../../../client/index.ts'
import { paint } from '../../../examples/image-service/paint.ts'
import { imageService } from '../../../examples/image-service/service.ts'
import { clientContract } from '../../../scripts/client-contract.ts'
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
const balance = () => client.call('GET /v1/accounts/{account}/balance', { params: { account } })

/** The entries of the account as `amount from → to`, oldest first. */
async function entriesOf(): Promise<string[]> {
  const { body } = await kvidai.get(`/v1/accounts/${account}/entries?limit=100`)
  return body.data.reverse().map((entry: any) => `${entry.amount} ${entry.from} → ${entry.to}`)
}

it('the types are those of the contract; npm run client regenerates them', () => {
  const file = readFileSync(path.join(root, 'client/contract.ts'), 'utf8')
  const bare = (text: string) => text.replaceAll(/[\s|,;'"]/g, '')
  expect(bare(file)).toBe(bare(clientContract()))
})

it('calls are typed, with query parameters', async () => {
  expect((await balance()).available).toBe(20)
  const entries = await client.call('GET /v1/accounts/{account}/entries', {
    params: { account },
    query: { limit: 1 },
  })
  expect('data' in entries && entries.data.map(({ amount }) => amount)).toEqual([20])
})

it('a refusal throws an error with its code and fields', async () => {
  const refused = client.call('POST /v1/accounts/{account}/charges', {
    params: { account },
    body: { operation: 'video', outputs: 2 },
  })
  const error = await refused.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(LotkeeperError)
  expect(error).toMatchObject({
    code: 'insufficient_credits',
    status: 402,
    problem: { required: 40, available: 20 },
  })
})

it('a lost answer is requested again under the same key: charged once', async () => {
  const sent: (string | null)[] = []
  const losingFirstAnswer: typeof fetch = async (input, init) => {
    sent.push(new Headers(init?.headers).get('idempotency-key'))
    const response = await fetch(input, init)
    if (sent.length < 3) throw new TypeError('the connection broke')
    return response
  }
  const unstableClient = connect({ url: lotkeeper.url, key: key(), fetch: losingFirstAnswer })
  const order = { params: { account }, body: { operation: 'image', outputs: 2 } }
  const { spent } = await unstableClient.call('POST /v1/accounts/{account}/charges', order)
  expect(spent).toBe(4)
  expect(sent).toHaveLength(3)
  expect(new Set(sent).size).toBe(1)
  expect(await entriesOf()).toEqual(['20 issued → available', '4 available → held', '4 held → spent'])
})

it('the client does not retry errors that would recur', async () => {
  let sent = 0
  const counting: typeof fetch = (input, init) => {
    sent++
    return fetch(input, init)
  }
  const counted = connect({ url: lotkeeper.url, key: 'no key', fetch: counting })
  await expect(counted.call('GET /v1/keys', {})).rejects.toMatchObject({ code: 'unauthorized' })
  expect(sent).toBe(1)
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
