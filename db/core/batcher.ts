import type { Db } from './command.ts'

/** A queued item and the promise of its result. */
export type PendingItem<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/** A queue flushes after this time even if the batches in flight have not returned: they may wait for a lock, or hang. */
const MAX_WAIT_MS = 250

type BatcherOptions<Item, Result> = {
  /** While batches are in flight, the next one starts only once this many items are queued for each of them. */
  queuedPerInFlight: number
  maxBatch: number
  /** Restricts which items share a batch; without it any items do. */
  grouping?: {
    /** Items with the same unique key never share a batch. */
    uniqueKey: (item: Item) => string
    groupKey: (item: Item) => string
    /** A full batch still accepts items of a group that it already contains, up to this many of the group. */
    maxPerGroup: number
  }
  /** Sends a batch and settles each of its items. */
  send: (db: Db, batch: PendingItem<Item, Result>[]) => Promise<void>
}

/**
 * Batches the calls that a process makes on one database at the same time into one round trip. An idle queue flushes at
 * once; while a batch is in flight, further items queue.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>) {
  const queues = new WeakMap<Db, Queue<Item, Result>>()
  return (db: Db, item: Item): Promise<Result> => {
    const queue = queues.get(db) ?? new Queue(db, options)
    queues.set(db, queue)
    return queue.add(item)
  }
}

class Queue<Item, Result> {
  private readonly db: Db
  private readonly options: BatcherOptions<Item, Result>
  private pending: PendingItem<Item, Result>[] = []
  private inFlight = 0
  private flushScheduled = false
  private maxWaitTimer: NodeJS.Timeout | undefined

  constructor(db: Db, options: BatcherOptions<Item, Result>) {
    this.db = db
    this.options = options
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.pending.push({ item, resolve, reject })
      if (this.flushScheduled) return
      this.flushScheduled = true
      // Items added in the same turn of the event loop share the batch.
      setImmediate(() => {
        this.flushScheduled = false
        this.flush()
      })
    })
  }

  private flush(): void {
    if (this.pending.length === 0) return
    if (this.pending.length >= this.options.queuedPerInFlight * this.inFlight) this.send()
    else this.maxWaitTimer ??= setTimeout(() => this.send(), MAX_WAIT_MS)
  }

  private send(): void {
    clearTimeout(this.maxWaitTimer)
    this.maxWaitTimer = undefined
    this.inFlight += 1
    const batch = this.takeBatch()
    this.options
      .send(this.db, batch)
      .catch(error => {
        for (const { reject } of batch) reject(error)
      })
      .finally(() => {
        this.inFlight -= 1
        this.flush()
      })
  }

  /** Takes the oldest items that may share a batch. */
  private takeBatch(): PendingItem<Item, Result>[] {
    const { maxBatch, grouping } = this.options
    if (!grouping) return this.pending.splice(0, maxBatch)
    const batch = new Map<string, PendingItem<Item, Result>>()
    const groupSizes = new Map<string, number>()
    this.pending = this.pending.filter(pending => {
      const uniqueKey = grouping.uniqueKey(pending.item)
      const groupKey = grouping.groupKey(pending.item)
      const size = groupSizes.get(groupKey) ?? 0
      const isFull = batch.size >= maxBatch && (size === 0 || size >= grouping.maxPerGroup)
      if (isFull || batch.has(uniqueKey)) return true
      batch.set(uniqueKey, pending)
      groupSizes.set(groupKey, size + 1)
      return false
    })
    return [...batch.values()]
  }
}

/**
 * Batches concurrent calls of one read. Each call sees the database as of its start or later.
 *
 * Not dataloader: commands need the batcher anyway. Per GET …/balance it takes the same CPU if it batches by setImmediate, and
 * twice ours and four times PostgreSQL's by its default.
 * @param text receives each argument as an array with one element per call ($1 holds the first arguments, and so on) and
 *   returns rows of `n`, the number of the call from 1, and the row that was found, if any
 */
export function batchedRead<Arguments extends unknown[], Row extends object>(statement: {
  name: string
  text: string
}): (db: Db, ...args: Arguments) => Promise<Row | undefined> {
  const read = createBatcher<Arguments, Row | undefined>({
    // Reads return soon, so queue a few.
    queuedPerInFlight: 8,
    maxBatch: 100,
    send: async (db, batch) => {
      const count = batch[0]?.item.length ?? 0
      const values = Array.from({ length: count }, (_, index) => batch.map(({ item }) => item[index]))
      const { rows } = await db.query<Row & { n: number }>({ ...statement, values })
      for (const { n, ...found } of rows) batch[n - 1]?.resolve(found as Row)
      for (const { resolve } of batch) resolve(undefined)
    },
  })
  return (db, ...args) => read(db, args)
}
