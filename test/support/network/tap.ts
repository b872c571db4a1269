/**
 * Stages of a request: it does not arrive; it has run but is not committed; it is committed or accepted, and its
 * answer does not arrive.
 */
export type RequestStage = 'unreceived' | 'uncommitted' | 'unanswered'

/** A stage of the next request whose SQL or gRPC method matches. */
export type RequestPoint = { stage: RequestStage; request: RegExp }

/** A proxy that calls back at an exact point of a request. */
export type Tap = {
  /** host:port, for the process that is watched */
  host: string
  /** Calls `onReached` once at the point; the request is not forwarded further. */
  watch(point: RequestPoint, onReached: () => void): void
  stop(): Promise<void>
}

/** A request that matches the point. Its `onReached` does nothing when another request reached the point before. */
export type MatchedRequest = { stage: RequestStage; onReached(): void }

/** The point that a tap waits for; there is one at a time. */
export class PointWatch {
  private awaited: { point: RequestPoint; onReached: () => void } | undefined

  set(point: RequestPoint, onReached: () => void): void {
    this.awaited = { point, onReached }
  }

  match(text: string): MatchedRequest | undefined {
    const { awaited } = this
    if (!awaited?.point.request.test(text)) return undefined
    const onReached = () => {
      if (this.awaited !== awaited) return
      this.awaited = undefined
      awaited.onReached()
    }
    return { stage: awaited.point.stage, onReached }
  }
}

type Closable = { on(what: 'error' | 'close', listener: () => void): unknown; destroy(): void }

/** Closes two connections together, and tracks the open ones. */
export function closeTogether<T extends Closable>(open: Set<T>, client: T, upstream: T): void {
  for (const [end, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    open.add(end)
    end.on('error', () => other.destroy())
    end.on('close', () => {
      open.delete(end)
      other.destroy()
    })
  }
}
