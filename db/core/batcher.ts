import type { Db } from './command.ts'

/** One that waits for its answer. */
export type Waiting<Item, Answer> = {
  item: Item
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/** Nobody waits longer than this for those before to come back: they may be waiting for a lock, or hang. */
const PATIENCE_MS = 250

type Batches<Item, Answer> = {
  /** While one is on its way, the next gathers, and sets off beside it only when so many wait for each on its way. */
  crowd: number
  /** in one batch at most, so that not all wait for the same one */
  most: number
  /** what of them can be told apart and what goes together; all are alike where it is left out */
  kinds?: {
    /** those with the same subject never share a batch */
    subject: (item: Item) => string
    /** a batch that is full takes more of a company that is in it, up to so many of it */
    atMost: number
    company: (item: Item) => string
  }
  /** sends a batch, and answers each of it */
  send: (db: Db, batch: Waiting<Item, Answer>[]) => Promise<void>
}

/**
 * Makes of one statement for many a call for one: what a process asks for at the same time, of the same book, shares a
 * round trip. Nobody waits for company: what is asked for while nothing is on its way sets off at once.
 */
export function createBatcher<Item, Answer>(batches: Batches<Item, Answer>) {
  const queues = new WeakMap<Db, Queue<Item, Answer>>()
  return (db: Db, item: Item): Promise<Answer> => {
    const queue = queues.get(db) ?? new Queue(db, batches)
    queues.set(db, queue)
    return queue.ask(item)
  }
}

class Queue<Item, Answer> {
  private readonly db: Db
  private readonly batches: Batches<Item, Answer>
  private waiting: Waiting<Item, Answer>[] = []
  private running = 0
  private scheduled = false
  private patience: NodeJS.Timeout | undefined

  constructor(db: Db, batches: Batches<Item, Answer>) {
    this.db = db
    this.batches = batches
  }

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      if (this.scheduled) return
      this.scheduled = true
      // Whatever else is asked for in this turn of the event loop comes along.
      setImmediate(() => {
        this.scheduled = false
        this.sendNext()
      })
    })
  }

  private sendNext(): void {
    if (this.waiting.length === 0) return
    if (this.running === 0 || this.waiting.length >= this.batches.crowd * this.running) this.send()
    else this.patience ??= setTimeout(() => this.send(), PATIENCE_MS)
  }

  private send(): void {
    clearTimeout(this.patience)
    this.patience = undefined
    this.running += 1
    const batch = this.takeBatch()
    this.batches
      .send(this.db, batch)
      .catch(error => {
        for (const { reject } of batch) reject(error)
      })
      .finally(() => {
        this.running -= 1
        this.sendNext()
      })
  }

  /** The oldest ones; of those about the same subject only the first. */
  private takeBatch(): Waiting<Item, Answer>[] {
    const { most, kinds } = this.batches
    if (!kinds) return this.waiting.splice(0, most)
    const batch = new Map<string, Waiting<Item, Answer>>()
    const companies = new Map<string, number>()
    const later: Waiting<Item, Answer>[] = []
    for (const waiting of this.waiting) {
      const subject = kinds.subject(waiting.item)
      const company = kinds.company(waiting.item)
      const size = companies.get(company) ?? 0
      const isFull = batch.size >= most && (size === 0 || size >= kinds.atMost)
      if (isFull || batch.has(subject)) {
        later.push(waiting)
        continue
      }
      batch.set(subject, waiting)
      companies.set(company, size + 1)
    }
    this.waiting = later
    return [...batch.values()]
  }
}
