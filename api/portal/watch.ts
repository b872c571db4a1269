import type { Response } from 'express'
import { readRevisions } from '../../db/accounts/accounts.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'

/** One query per second serves all open pages. */
const POLL_MS = 1_000
const STREAMS_PER_ACCOUNT = 8
const STREAMS = 2_000
/** Polls between two comments that keep the connection alive through proxies. */
const POLLS_PER_HEARTBEAT = 20
/** After fifteen minutes the browser reconnects, which checks its session again. */
const MAX_POLLS = 45 * POLLS_PER_HEARTBEAT

type Stream = { response: Response; polls: number; revision: string | undefined }

/**
 * Server-sent events: a `change` whenever an account changed, so that pages reload it.
 * @returns opens a stream for one account. @throws Refused too_many_requests
 */
export function watchAccounts(app: App): (account_key: string, response: Response) => void {
  const streams = new Map<string, Set<Stream>>()
  let timer: NodeJS.Timeout | undefined
  let isPolling = false

  const close = (account_key: string, stream: Stream) => {
    const own = streams.get(account_key)
    own?.delete(stream)
    if (own?.size === 0) streams.delete(account_key)
    if (streams.size === 0) clearInterval(timer)
    if (streams.size === 0) timer = undefined
  }
  const poll = async () => {
    if (isPolling) return
    isPolling = true
    try {
      const revisions = app.stopping ? new Map() : await readRevisions(app.db, [...streams.keys()])
      for (const [account_key, own] of streams)
        for (const stream of own) writeUpdate(stream, revisions.get(account_key), app.stopping)
    } catch {
      // PostgreSQL is briefly unavailable; the next poll finds the changes.
    } finally {
      isPolling = false
    }
  }

  return (account_key, response) => {
    const own = streams.get(account_key) ?? new Set<Stream>()
    const all = [...streams.values()].reduce((sum, { size }) => sum + size, 0)
    if (own.size >= STREAMS_PER_ACCOUNT || all >= STREAMS)
      throw new Refused({
        code: 'too_many_requests',
        detail: 'Too many open event streams. Close another page.',
      })
    const stream: Stream = { response, polls: 0, revision: undefined }
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    response.flushHeaders()
    // An open stream does not count as a request in progress.
    response.locals.releaseSlot?.()
    response.write('retry: 2000\n\n')
    streams.set(account_key, own.add(stream))
    response.on('close', () => close(account_key, stream))
    timer ??= setInterval(poll, POLL_MS)
  }
}

function writeUpdate(stream: Stream, revision: string | undefined, isStopping: boolean): void {
  const { response } = stream
  stream.polls += 1
  // The first poll always sends, in case something changed while the page loaded.
  if (revision !== undefined && revision !== stream.revision) {
    stream.revision = revision
    response.write(`event: change\ndata: {}\n\n`)
  }
  if (stream.polls % POLLS_PER_HEARTBEAT === 0) response.write(': \n\n')
  if (isStopping || stream.polls >= MAX_POLLS) response.end()
}
