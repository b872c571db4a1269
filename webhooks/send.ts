import { lookup as resolveName } from 'node:dns/promises'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Message } from './message.ts'
import { isAllowed, literalAddress, type TargetPolicy } from './url.ts'

/** Resolves a name to all its addresses. */
export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>

/** The HTTP status, or why there was no response. */
export type Outcome = { status: number } | { error: string }

export type Send = (url: string, message: Message) => Promise<Outcome>

/** For DNS, connection and response together. */
const TIMEOUT_MS = 10_000
/** The rest of a response is discarded: only its status counts. */
const MAX_RESPONSE_BYTES = 16 * 1024

class Forbidden extends Error {
  constructor(address: string) {
    super(`${address} is not a public address`)
  }
}

const resolveAll: Resolve = name => resolveName(name, { all: true, verbatim: true })

/**
 * Sends messages to URLs chosen by others. Each attempt resolves the name, refuses unless all its addresses are allowed,
 * and connects to a checked address; redirects are not followed.
 */
export function senderTo(targets: TargetPolicy, resolve: Resolve = resolveAll): Send {
  return async (url, message) => {
    try {
      return { status: await post(new URL(url), message, targets, resolve) }
    } catch (error) {
      return { error: describeError(error) }
    }
  }
}

async function post(url: URL, { body, headers }: Message, targets: TargetPolicy, resolve: Resolve): Promise<number> {
  const literal = literalAddress(url)
  // Node calls `lookup` for names only.
  if (literal && !isAllowed(literal, targets)) throw new Forbidden(literal)
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: checkedLookup(targets, resolve),
    // No kept-alive connection: its address was checked for an earlier message.
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }
  const response = await new Promise<IncomingMessage>((responded, failed) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, responded)
    request.on('error', failed)
    request.end(body)
  })
  await readSome(response)
  return response.statusCode ?? 0
}

/** Resolves a name for a connection; fails unless all its addresses are allowed. */
function checkedLookup(targets: TargetPolicy, resolve: Resolve): LookupFunction {
  return (name, { all }, done) => {
    resolve(name).then(
      addresses => {
        const [first] = addresses
        const wrong = addresses.find(({ address }) => !isAllowed(address, targets))
        if (wrong || !first) done(new Forbidden(wrong?.address ?? name), '', 0)
        else if (all) done(null, addresses)
        else done(null, first.address, first.family)
      },
      error => done(error, '', 0),
    )
  }
}

async function readSome(response: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > MAX_RESPONSE_BYTES) break
  }
}

/** Omits the host, which the reader has. */
function describeError(error: unknown): string {
  const { name, code } = error as NodeJS.ErrnoException
  if (error instanceof Forbidden) return 'the address is not public'
  if (name === 'AbortError' || name === 'TimeoutError') return 'no response in time'
  if (code === 'ENOTFOUND') return 'the name does not exist'
  return `no connection (${code ?? name})`
}
