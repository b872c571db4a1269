import { randomBytes, randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { payloadToJSON } from '@temporalio/common/lib/proto-utils.js'
import { dataConverterOf } from '../../../platform/codec/data-converter.ts'
import { temporalOf } from '../../../platform/config.ts'
import { startCodecServer } from '../../../scripts/codec/server.ts'
import { generationWorkflowId } from '../../../workflows/contract/ids.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

const UI = 'http://127.0.0.1:8233'
const TOKEN = 'a-token-of-the-codec-server'
const keys = `new:${randomBytes(32).toString('base64')},old:${randomBytes(32).toString('base64')}`

let lotkeeper: Lotkeeper
let codec: { url: string; stop(): void }

beforeAll(async () => {
  lotkeeper = await startLotkeeper({
    TEMPORAL_DATA_CONVERTER: 'aes-256-gcm',
    TEMPORAL_CODEC_KEYS: keys,
    CODEC_PORT: '0',
    CODEC_TOKEN: TOKEN,
    CODEC_ORIGINS: UI,
  })
  codec = await startCodecServer(lotkeeper.config)
})
afterAll(async () => {
  codec?.stop()
  await lotkeeper?.stop()
})

it('a generation and a membership work, their payloads are encrypted, and the codec server decrypts them', async () => {
  const account = `codec-${randomUUID()}`
  const path = `/v1/accounts/${account}`
  const design = lotkeeper.as('x-design')
  await design.put(path, {})
  expect((await design.post(`${path}/memberships`, { plan: 'member' })).status).toBe(201)
  const { body: made } = await design.post(`${path}/generations`, { operation: 'recolor' })
  const { body: settled } = await design.post(`/v1/generations/${made.id}/complete`)
  expect(settled).toMatchObject({ state: 'committed', spent: made.held })

  const connection = await Connection.connect(temporalOf(lotkeeper.config))
  const { workflow } = new Client({ connection, dataConverter: dataConverterOf(lotkeeper.config) })
  const { events } = await workflow.getHandle(generationWorkflowId('x-design', made.id)).fetchHistory()
  const found = payloadsIn(events)
  expect(found.length).toBeGreaterThan(10)
  // The SDK writes times and names of local activities beside their encrypted results.
  for (const { encoding, data } of found)
    expect(encoding).toBe(data.includes('"activity_type"') ? 'json/plain' : 'binary/encrypted')
  const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
  const payloads = [payloadToJSON(input ?? {})]
  await connection.close()
  const decode = (place: string, headers: Record<string, string>) =>
    fetch(`${codec.url}${place}`, {
      method: 'POST',
      headers: { origin: UI, ...headers },
      body: JSON.stringify({ payloads }),
    })
  for (const response of [
    await decode('/decode', { authorization: `Bearer ${TOKEN}`, 'x-namespace': 'default' }),
    await decode(`/${TOKEN}/decode`, {}),
  ]) {
    expect(response.headers.get('access-control-allow-origin')).toBe(UI)
    const { payloads: decoded } = (await response.json()) as { payloads: [{ data: string }] }
    expect(Buffer.from(decoded[0].data, 'base64').toString()).toContain(account)
  }
  const refused = await decode('/decode', { authorization: 'Bearer wrong', origin: 'https://elsewhere.example' })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('access-control-allow-origin')).toBeNull()
})

it('the codec server answers a preflight, encodes, and names an unknown key', async () => {
  const preflight = await fetch(`${codec.url}/decode`, { method: 'OPTIONS', headers: { origin: UI } })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  const send = async (what: string, payloads: object[]) =>
    fetch(`${codec.url}/${TOKEN}/${what}`, { method: 'POST', body: JSON.stringify({ payloads }) })
  const plain = { metadata: { encoding: btoa('json/plain') }, data: btoa('"hello"') }
  const { payloads } = (await (await send('encode', [plain])).json()) as {
    payloads: [{ metadata: { encoding: string } }]
  }
  expect(atob(payloads[0].metadata.encoding)).toBe('binary/encrypted')
  expect(await (await send('decode', payloads)).json()).toEqual({ payloads: [plain] })
  const lost = { ...payloads[0], metadata: { ...payloads[0].metadata, 'encryption-key-id': btoa('lost') } }
  const unknown = await send('decode', [lost])
  expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('has no key "lost"')])
})

it.each([
  [{}, 'TEMPORAL_DATA_CONVERTER is not set'],
  [{ temporalDataConverter: 'aes-256-gcm' }, 'CODEC_TOKEN is not set'],
])('the codec server does not start with %j only', async (settings, message) => {
  const config = {
    ...lotkeeper.config,
    temporalDataConverter: undefined,
    codecServer: { port: 0, token: undefined, origins: [] },
  }
  await expect(startCodecServer({ ...config, ...settings })).rejects.toThrow(message)
})

/** All payloads of a history but search attributes, which Temporal must read. */
function payloadsIn(value: unknown): { encoding: string; data: string }[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return []
  const { metadata, data } = value as { metadata?: Record<string, Uint8Array>; data?: Uint8Array }
  if (metadata?.encoding) return [{ encoding: String(metadata.encoding), data: String(data) }]
  return Object.entries(value).flatMap(([name, part]) => (name === 'searchAttributes' ? [] : payloadsIn(part)))
}
