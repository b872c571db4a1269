import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'

/** A key of 32 bytes. Its id is stored with each payload. */
export type CodecKey = { id: string; key: Buffer }

const { Payload: PayloadMessage } = proto.temporal.api.common.v1
const ENCODING = 'binary/encrypted'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts payloads with AES-256-GCM. The first key encrypts, all keys decrypt. The data are nonce, ciphertext and tag, as in
 * the encryption samples of Temporal's SDKs, so that services in other languages can use those.
 */
export function aesGcmCodec(keys: [CodecKey, ...CodecKey[]]): PayloadCodec {
  const [current] = keys
  const byId = new Map(keys.map(({ id, key }) => [id, key]))
  return {
    encode: async payloads => payloads.map(payload => encrypt(payload, current)),
    decode: async payloads => payloads.map(payload => (isEncrypted(payload) ? decrypt(payload, byId) : payload)),
  }
}

function isEncrypted({ metadata }: Payload): boolean {
  return text(metadata?.encoding) === ENCODING
}

function encrypt(payload: Payload, { id, key }: CodecKey): Payload {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const content = PayloadMessage.encode(payload).finish()
  const data = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
  return { metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(id) }, data }
}

/** @throws Error when the key is unknown, or the data were changed */
function decrypt({ metadata, data }: Payload, keys: Map<string, Buffer>): Payload {
  const id = text(metadata?.['encryption-key-id'])
  const key = keys.get(id)
  if (!key) throw new Error(`TEMPORAL_CODEC_KEYS has no key ${JSON.stringify(id)}, with which a payload is encrypted.`)
  const content = Buffer.from(data ?? [])
  const decipher = createDecipheriv('aes-256-gcm', key, content.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(content.subarray(-TAG_BYTES))
  const decrypted = decipher.update(content.subarray(NONCE_BYTES, -TAG_BYTES))
  return PayloadMessage.decode(Buffer.concat([decrypted, decipher.final()]))
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString()
}
