import {
  type Balance,
  openSession,
  PortalError,
  type PortalLink,
  readBalance,
  type Session,
  watchChanges,
} from './portal.ts'

/** The credits of the customer. Numbers are null until they are known. */
export type Credits = {
  /** `unreachable`: the numbers are the last ones that are known; they follow as soon as Lotkeeper answers */
  status: 'loading' | 'ready' | 'unreachable'
  /** credits that can be spent now */
  available: number | null
  /** credits that are reserved for work in progress */
  held: number | null
  /** credits that the customer can spend again with a membership */
  frozen: number | null
  /** whether the plan has no limit at present */
  isUnlimited: boolean
}

const UNKNOWN: Credits = { status: 'loading', available: null, held: null, frozen: null, isUnlimited: false }

/** Expiry and limits that reset are no change of the account, so its page asks for them. */
const REFRESH_MS = 60_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/** The credits of a session while somebody listens: a store for useSyncExternalStore. */
export type LiveCredits = {
  get(): Credits
  subscribe(listener: () => void): () => void
  /** a new link to the customer's page */
  link(): Promise<PortalLink>
}

/** @param link gets a link from your backend */
export function liveCredits(link: () => Promise<PortalLink>): LiveCredits {
  const listeners = new Set<() => void>()
  let credits = UNKNOWN
  let running: AbortController | undefined
  const show = (next: Credits) => {
    credits = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => credits,
    link,
    subscribe(listener) {
      listeners.add(listener)
      if (!running) {
        running = new AbortController()
        void follow(link, show, () => credits, running.signal)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        running?.abort()
        running = undefined
      }
    },
  }
}

/** Opens a session, shows the balance and follows its changes; again with pauses, until the signal. */
async function follow(
  link: () => Promise<PortalLink>,
  show: (next: Credits) => void,
  shown: () => Credits,
  signal: AbortSignal,
): Promise<void> {
  let session: Session | undefined
  let pause_ms = FIRST_PAUSE_MS
  while (!signal.aborted) {
    try {
      session ??= await openSession(await link(), signal)
      await followSession(
        session,
        balance => {
          pause_ms = FIRST_PAUSE_MS
          if (!signal.aborted) show(creditsOf(balance))
        },
        signal,
      )
    } catch (error) {
      if (signal.aborted) return
      // A session that has ended is replaced by the next link.
      if (session && error instanceof PortalError && error.status === 401) session = undefined
      else show({ ...shown(), status: 'unreachable' })
    }
    await pause(pause_ms, signal)
    pause_ms = Math.min(pause_ms * 2, LONGEST_PAUSE_MS)
  }
}

/** Reads the balance now, at each change and every minute, until the stream of changes ends. @throws PortalError */
async function followSession(session: Session, show: (balance: Balance) => void, signal: AbortSignal): Promise<void> {
  const refresh = latestOnly(async () => show(await readBalance(session, signal)))
  await refresh()
  const failure = new AbortController()
  const refreshAgain = () => void refresh().catch(error => failure.abort(error))
  const timer = setInterval(refreshAgain, REFRESH_MS)
  try {
    await watchChanges(session, refreshAgain, AbortSignal.any([signal, failure.signal]))
  } catch (error) {
    throw failure.signal.aborted ? failure.signal.reason : error
  } finally {
    clearInterval(timer)
  }
}

/** Runs work once at a time; calls during it run it once more. */
function latestOnly(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false
  const run = async () => {
    try {
      while (again) {
        again = false
        await work()
      }
    } finally {
      running = undefined
    }
  }
  return () => {
    again = true
    running ??= run()
    return running
  }
}

function creditsOf({ available, held, frozen, unlimited }: Balance): Credits {
  const isUnlimited = unlimited !== undefined && unlimited.used < unlimited.fair_use_limit
  return { status: 'ready', available, held, frozen, isUnlimited }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
