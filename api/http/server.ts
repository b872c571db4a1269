import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Express } from 'express'
import type { Refusal } from '../../domain/shared/refusals.ts'
import { problemOf } from './problems.ts'

const HEADERS_AT_MOST = 16 * 1024
/** Longer than the minute for which proxies keep connections, so that none is closed under their hands. */
const KEEP_ALIVE_MS = 65_000

/**
 * Node's server, which does not wait for long for a request that is sent slowly. What is no HTTP gets a problem like
 * everything else.
 * @param clientSeconds how long a client may take to send a request
 */
export function httpServer(http: Express, clientSeconds: number): Server {
  const patience = clientSeconds * 1000
  const limits = {
    maxHeaderSize: HEADERS_AT_MOST,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: patience,
    requestTimeout: patience,
    connectionsCheckingInterval: Math.min(patience, 5_000),
  }
  return createServer(limits, http).on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    socket.end(problemText(refusalOf(error)))
  })
}

function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { code: 'payload_too_large', detail: 'Address and headers may have 16 kB at most.' }
  const late = code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const message = late ? 'must arrive sooner' : 'must be HTTP'
  return { code: 'invalid_request', errors: [{ path: '(request)', message }] }
}

function problemText(refusal: Refusal): string {
  const problem = problemOf(refusal)
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.code}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${problem.request_id}`,
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
