/**
 * Where a process can be met on its line to a server: what it sends does not arrive; it was done but is not committed;
 * it is committed or taken, and the process never hears of it.
 */
export type Moment = 'unreceived' | 'uncommitted' | 'unanswered'

/** What to wait for: a moment of a request whose SQL, or whose gRPC method, matches. */
export type Point = { moment: Moment; of: RegExp }

/** A line to a server on which a process can be met at a point, exactly. */
export type Tap = {
  /** host:port, for the process that is watched */
  host: string
  /** Calls `strike` when the point is reached, once; nothing of that request goes any further. */
  watch(point: Point, strike: () => void): void
  stop(): Promise<void>
}

/** A request that is awaited. Its strike comes to nothing when another one was met first. */
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

/** Lets two ends of a line live and end together, and be known as open while they do. */
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
