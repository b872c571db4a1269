import { createRequire } from 'node:module'
import path from 'node:path'
import type { DataConverter, PayloadCodec } from '@temporalio/common'
import { type Config, ConfigError } from '../config.ts'
import { aesGcmCodec, type CodecKey } from './aes-gcm.ts'

type CodecConfig = Pick<Config, 'temporalDataConverter' | 'temporalCodecKeys'>

/** The name of our own codec. */
const OWN = 'aes-256-gcm'

/**
 * The data converter of all clients and workers: the SDK's, with the codecs that TEMPORAL_DATA_CONVERTER names.
 * @throws ConfigError if the module or its keys are missing
 */
export function dataConverterOf(config: CodecConfig): DataConverter {
  const payloadCodecs = payloadCodecsOf(config)
  return payloadCodecs.length > 0 ? { payloadCodecs } : {}
}

/** Our own codec, those that a module exports as `payloadCodecs`, or none. @throws ConfigError */
export function payloadCodecsOf({ temporalDataConverter: name, temporalCodecKeys }: CodecConfig): PayloadCodec[] {
  if (!name) return []
  return name === OWN ? [aesGcmCodec(keysOf(temporalCodecKeys))] : loadCodecs(name)
}

function keysOf(configured: { id: string; key: string }[]): [CodecKey, ...CodecKey[]] {
  const [first, ...others] = configured.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') }))
  if (first) return [first, ...others]
  throw new ConfigError(
    `TEMPORAL_CODEC_KEYS is not set: TEMPORAL_DATA_CONVERTER=${OWN} needs it, as id:key with a key of 32 bytes in base64.`,
  )
}

/** @param name a path, or a package that is installed beside Lotkeeper */
function loadCodecs(name: string): PayloadCodec[] {
  const file = /^[./]/.test(name) ? path.resolve(name) : name
  let loaded: { payloadCodecs?: PayloadCodec[] }
  try {
    loaded = createRequire(import.meta.url)(file)
  } catch (error) {
    throw new ConfigError(`TEMPORAL_DATA_CONVERTER: ${name} cannot be loaded: ${(error as Error).message}`)
  }
  if (Array.isArray(loaded.payloadCodecs)) return loaded.payloadCodecs
  throw new ConfigError(`TEMPORAL_DATA_CONVERTER: ${name} does not export payloadCodecs, an array of payload codecs.`)
}
