import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Express } from 'express'
import type { Refusal } from '../../domain/shared/refusals.ts'
import { problemOf } from './problems.ts'

const MAX_HEADER_BYTES = 16 * 1024
/** Longer than the minute for which proxies keep connections, so that the proxy closes first. */
const KEEP_ALIVE_MS = 65_000

/**
 * Node's HTTP server with time limits for slow clients. Malformed requests get a problem document like all others.
 * @param clientSeconds the time limit for sending a request
 */
export function httpServer(http: Express, clientSeconds: number): Server {
  const timeoutMs = clientSeconds * 1000
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    connectionsCheckingInterval: Math.min(timeoutMs, 5_000),
  }
  return createServer(limits, http).on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    socket.end(problemText(refusalOf(error)))
  })
}

function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { code: 'payload_too_large', detail: 'URL and headers are limited to 16 kB.' }
  const late = code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const message = late ? 'was sent too slowly' : 'must be HTTP'
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
