import type { Response } from 'express'
import { readRevisions } from '../../db/accounts/revisions.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'

/** One query for all pages that are open, this often: an open page costs next to nothing. */
const LOOK_EVERY_MS = 1_000
const STREAMS_PER_ACCOUNT = 8
const STREAMS = 2_000
/** Says that the line is alive, and lets proxies keep it. */
const BEAT_EVERY = 20
/** Then the browser connects again, and its session is asked for again. */
const BEATS = 45

type Stream = { response: Response; looks: number; revision: string | undefined }

/**
 * Server-sent events: a `change` whenever an account's book or memberships moved, so that pages ask anew.
 * @returns opens a stream for one account. @throws Refused too_many_requests
 */
export function watchAccounts(app: App): (account_key: string, response: Response) => void {
  const streams = new Map<string, Set<Stream>>()
  let timer: NodeJS.Timeout | undefined
  let looking = false

  const close = (account_key: string, stream: Stream) => {
    const own = streams.get(account_key)
    own?.delete(stream)
    if (own?.size === 0) streams.delete(account_key)
    if (streams.size === 0) clearInterval(timer)
    if (streams.size === 0) timer = undefined
  }
  const look = async () => {
    if (looking) return
    looking = true
    try {
      const revisions = app.stopping ? new Map() : await readRevisions(app.db, [...streams.keys()])
      for (const [account_key, own] of streams)
        for (const stream of own) writeUpdate(stream, revisions.get(account_key), app.stopping)
    } catch {
      // The book is away for a moment; the next look finds what changed meanwhile.
    } finally {
      looking = false
    }
  }

  return (account_key, response) => {
    const own = streams.get(account_key) ?? new Set<Stream>()
    const all = [...streams.values()].reduce((sum, { size }) => sum + size, 0)
    if (own.size >= STREAMS_PER_ACCOUNT || all >= STREAMS) throw new Refused({ code: 'too_many_requests' })
    const stream: Stream = { response, looks: 0, revision: undefined }
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    response.flushHeaders()
    // It stays open for a quarter of an hour, and costs next to nothing.
    response.locals.releaseSlot?.()
    response.write('retry: 2000\n\n')
    streams.set(account_key, own.add(stream))
    response.on('close', () => close(account_key, stream))
    timer ??= setInterval(look, LOOK_EVERY_MS)
  }
}

function writeUpdate(stream: Stream, revision: string | undefined, ending: boolean): void {
  const { response } = stream
  stream.looks += 1
  // The first look always tells: what changed while the page loaded is not to be missed.
  if (revision !== undefined && revision !== stream.revision) {
    stream.revision = revision
    response.write(`event: change\ndata: {}\n\n`)
  }
  if (stream.looks % BEAT_EVERY === 0) response.write(': \n\n')
  if (ending || stream.looks >= BEATS * BEAT_EVERY) response.end()
}
