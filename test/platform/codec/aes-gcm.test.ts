import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter } from '@temporalio/common'
import { aesGcmCodec, type CodecKey } from '../../../platform/codec/aes-gcm.ts'
import { dataConverterOf } from '../../../platform/codec/data-converter.ts'
import { readConfig } from '../../../platform/config.ts'

const old: CodecKey = { id: '2026-06', key: randomBytes(32) }
const current: CodecKey = { id: '2026-12', key: randomBytes(32) }
const payload = defaultPayloadConverter.toPayload({ account: 'ada', outputs: 4 })

it('the first key encrypts, every key decrypts, and plain payloads pass', async () => {
  const [byOld] = await aesGcmCodec([old]).encode([payload])
  const rotated = aesGcmCodec([current, old])
  const [byCurrent] = await rotated.encode([payload])
  expect(String(Buffer.from(byCurrent?.metadata?.['encryption-key-id'] ?? []))).toBe('2026-12')
  expect(String(Buffer.from(byCurrent?.data ?? []))).not.toContain('ada')
  const decoded = await rotated.decode([byOld, byCurrent, payload].map(each => each ?? {}))
  expect(decoded.map(each => defaultPayloadConverter.fromPayload(each))).toEqual(
    Array(3).fill({ account: 'ada', outputs: 4 }),
  )
})

it('an unknown key is named, and changed data are refused', async () => {
  const [encrypted = {}] = await aesGcmCodec([old]).encode([payload])
  await expect(aesGcmCodec([current]).decode([encrypted])).rejects.toThrow('TEMPORAL_CODEC_KEYS has no key "2026-06"')
  const changed = { ...encrypted, data: Buffer.from(encrypted.data ?? []).fill(0, 20, 22) }
  await expect(aesGcmCodec([old]).decode([changed])).rejects.toThrow('unable to authenticate data')
})

const key = randomBytes(32).toString('base64')

it.each([
  ['aes-256-gcm', undefined, 'TEMPORAL_CODEC_KEYS is not set'],
  ['./no/such/module.js', undefined, 'TEMPORAL_DATA_CONVERTER: ./no/such/module.js cannot be loaded'],
  ['./package.json', undefined, 'does not export payloadCodecs'],
  ['aes-256-gcm', `a:${key},a:${key}`, 'each id once'],
  ['aes-256-gcm', 'a:c2hvcnQ=', 'id:key with 32 bytes in base64 each'],
])('TEMPORAL_DATA_CONVERTER=%s with the keys %s is refused', (name, keys, message) => {
  const convert = () => dataConverterOf(readConfig({ TEMPORAL_DATA_CONVERTER: name, TEMPORAL_CODEC_KEYS: keys }))
  expect(convert).toThrow(message)
})

it('is off by default', () => {
  expect(dataConverterOf(readConfig({}))).toEqual({})
})
