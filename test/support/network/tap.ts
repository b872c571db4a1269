/**
 * Points of a request: it does not arrive; it has run but is not committed; it is committed or accepted, and its
 * answer does not arrive.
 */
export type Moment = 'unreceived' | 'uncommitted' | 'unanswered'

/** A point of a request whose SQL or gRPC method matches. */
export type Point = { moment: Moment; of: RegExp }

/** A proxy that calls back at an exact point of a request. */
export type Tap = {
  /** host:port, for the process that is watched */
  host: string
  /** Calls `strike` once at the point; the request is not forwarded further. */
  watch(point: Point, strike: () => void): void
  stop(): Promise<void>
}

/** An awaited request. Its strike does nothing when another came first. */
export type Meeting = { moment: Moment; strike(): void }

/** The one point that a tap waits for at a time. */
export class Watch {
  private awaited: { point: Point; strike: () => void } | undefined

  set(point: Point, strike: () => void): void {
    this.awaited = { point, strike }
  }

  meet(words: string): Meeting | undefined {
    const { awaited } = this
    if (!awaited?.point.of.test(words)) return undefined
    const strike = () => {
      if (this.awaited !== awaited) return
      this.awaited = undefined
      awaited.strike()
    }
    return { moment: awaited.point.moment, strike }
  }
}

type End = { on(what: 'error' | 'close', hear: () => void): unknown; destroy(): void }

/** Ties two connections, so that they close together, and tracks the open ones. */
export function tie<T extends End>(open: Set<T>, near: T, far: T): void {
  for (const [end, other] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(end)
    end.on('error', () => other.destroy())
    end.on('close', () => {
      open.delete(end)
      other.destroy()
    })
  }
}
