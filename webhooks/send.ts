import { lookup as resolveName } from 'node:dns/promises'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Message } from './message.ts'
import { isAllowed, literalAddress, type TargetPolicy } from './url.ts'

/** All addresses that a name stands for. */
export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>

/** What came of sending a message: the status that was answered, or why there was none. */
export type Outcome = { status: number } | { trouble: string }

export type Send = (url: string, message: Message) => Promise<Outcome>

/** From the look-up of the name to the end of the answer. */
const ANSWER_WITHIN_MS = 10_000
/** More of an answer is not read: only its status is of interest. */
const MOST_BYTES = 16 * 1024

class Forbidden extends Error {
  constructor(address: string) {
    super(`${address} is not on the public network`)
  }
}

const resolveAll: Resolve = name => resolveName(name, { all: true, verbatim: true })

/**
 * Sends messages to addresses that somebody else chose. Each try looks the name up itself, refuses unless all that it
 * stands for may be called, and connects to exactly what was checked; redirects are not followed.
 */
export function senderTo(reach: TargetPolicy, resolve: Resolve = resolveAll): Send {
  return async (url, message) => {
    try {
      return { status: await post(new URL(url), message, reach, resolve) }
    } catch (error) {
      return { trouble: describeError(error) }
    }
  }
}

async function post(
  url: URL,
  { body, headers }: Message,
  reach: TargetPolicy,
  resolve: Resolve,
): Promise<number> {
  const literal = literalAddress(url)
  // No look-up is made for an address.
  if (literal && !isAllowed(literal, reach)) throw new Forbidden(literal)
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: checkedLookup(reach, resolve),
    // A connection of its own: one that is kept was checked for another message.
    agent: false,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, answered)
    request.on('error', failed)
    request.end(body)
  })
  await readSome(answer)
  return answer.statusCode ?? 0
}

/** Looks a name up for a connection, and lets it through only where all its addresses may be called. */
function checkedLookup(reach: TargetPolicy, resolve: Resolve): LookupFunction {
  return (name, { all }, done) => {
    resolve(name).then(
      addresses => {
        const [first] = addresses
        const wrong = addresses.find(({ address }) => !isAllowed(address, reach))
        if (wrong || !first) done(new Forbidden(wrong?.address ?? name), '', 0)
        else if (all) done(null, addresses)
        else done(null, first.address, first.family)
      },
      error => done(error, '', 0),
    )
  }
}

async function readSome(answer: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of answer) {
    bytes += chunk.length
    // Leaving the loop ends the connection.
    if (bytes > MOST_BYTES) break
  }
}

/** Without the name or the address: whoever reads it knows them. */
function describeError(error: unknown): string {
  const { name, code } = error as NodeJS.ErrnoException
  if (error instanceof Forbidden) return 'the address is not on the public network'
  if (name === 'AbortError' || name === 'TimeoutError') return 'no answer in time'
  if (code === 'ENOTFOUND') return 'the name does not exist'
  return `no connection (${code ?? name})`
}
