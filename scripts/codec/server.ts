import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PayloadCodec } from '@temporalio/common'
import { type JSONPayload, JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js'
import express, { type RequestHandler } from 'express'
import { payloadCodecsOf } from '../../platform/codec/data-converter.ts'
import { type Config, ConfigError } from '../../platform/config.ts'

/** A page of a history has large payloads. */
const MOST_BYTES = '20mb'

/**
 * Starts a codec server for Temporal's UI and command line: POST /encode and /decode. Requests carry the token as a bearer
 * token, or before the path, for the UI without a login: /TOKEN/decode.
 * @throws ConfigError without codec or token
 */
export async function startCodecServer(config: Config): Promise<{ url: string; stop(): void }> {
  const codecs = payloadCodecsOf(config)
  const { port, token, origins } = config.codecServer
  if (codecs.length === 0) throw new ConfigError('TEMPORAL_DATA_CONVERTER is not set, so payloads are not encoded.')
  if (!token) throw new ConfigError('CODEC_TOKEN is not set: without a token anybody could decode payloads.')
  const app = express()
  app.disable('x-powered-by')
  app.use(allowOrigins(origins))
  app.use(express.json({ limit: MOST_BYTES, type: () => true }))
  for (const what of ['encode', 'decode'] as const)
    app.post([`/${what}`, `/:token/${what}`], authorize(token), async ({ body }, response) => {
      const payloads: JSONPayload[] = body?.payloads ?? []
      const results = await apply(what, codecs, payloads).catch((error: Error) => error)
      if (results instanceof Error) response.status(400).type('text').send(results.message)
      else response.json({ payloads: results })
    })
  const server = createServer(app).listen(port, config.host)
  await once(server, 'listening')
  return {
    url: `http://${config.host}:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The first codec is the outermost: it encodes last and decodes first. */
async function apply(what: 'encode' | 'decode', codecs: PayloadCodec[], json: JSONPayload[]): Promise<JSONPayload[]> {
  let payloads = json.map(JSONToPayload)
  for (const codec of what === 'encode' ? codecs.toReversed() : codecs) payloads = await codec[what](payloads)
  return payloads.map(payloadToJSON)
}

/** The browser asks for this permission before it sends payloads from the UI's page. */
function allowOrigins(origins: string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers
    if (origin && origins.includes(origin))
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
        'Access-Control-Allow-Methods': 'POST',
        Vary: 'Origin',
      })
    if (request.method === 'OPTIONS') response.sendStatus(204)
    else next()
  }
}

function authorize(token: string): RequestHandler {
  const expected = hash(token)
  return (request, response, next) => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const given = [bearer, request.params.token].map(each => hash(String(each ?? '')))
    if (given.some(each => timingSafeEqual(each, expected))) next()
    else response.status(401).type('text').send('Send CODEC_TOKEN as a bearer token, or before the path.')
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
