import { DatabaseError } from 'pg'
import { type Refusal, Refused } from '../credits/refusals.ts'
import { type Act, type Book, fingerprint, type Replayable } from './act.ts'

/**
 * While a batch of one kind is on its way, the next ones gather, since many small batches cost nearly as much each. A
 * crowd does not wait: another core may be free, and the batch before it may be waiting for a lock.
 */
const CROWD = 5
/** Acts in one batch at most, so that not all callers wait for the same one, and for how long it locks its accounts. */
const MOST = 10

type BatchedAct = 'reserve' | 'settle' | 'charge'

type Waiting = {
  act: { account: string; generation: string }
  resolve: (answer: object & { refusal?: Refusal }) => void
  reject: (error: unknown) => void
}

type Queue = { book: Book; name: BatchedAct; waiting: Waiting[]; running: number }

const queues = new WeakMap<Book, Map<BatchedAct, Queue>>()

/**
 * As act(), for the acts on generations, which are many: those that are asked for while others are on their way share
 * one round trip and one transaction, also when they are about the same account. Each has its own answer, and one that
 * cannot be done does not keep the others of its batch from being done.
 * @throws Refused with the book's refusal; nothing was changed
 */
export async function actInBatch<T extends object>(
  book: Book,
  name: BatchedAct,
  { account_key, operation_key, at }: Act,
  request: unknown,
  args: { generation: string; [more: string]: unknown },
): Promise<T & Replayable> {
  const act = { ...args, account: account_key, key: operation_key, fingerprint: fingerprint(request), at }
  const answer = await new Promise<object & { refusal?: Refusal }>((resolve, reject) => {
    const queue = queueOf(book, name)
    queue.waiting.push({ act, resolve, reject })
    // Whatever else is asked for in this turn of the event loop comes along.
    setImmediate(() => sendNext(queue))
  })
  if (answer.refusal) throw new Refused(answer.refusal)
  return answer as T & Replayable
}

function queueOf(book: Book, name: BatchedAct): Queue {
  const ofBook = queues.get(book) ?? new Map<BatchedAct, Queue>()
  queues.set(book, ofBook)
  const queue = ofBook.get(name) ?? { book, name, waiting: [], running: 0 }
  ofBook.set(name, queue)
  return queue
}

function sendNext(queue: Queue): void {
  if (queue.waiting.length === 0) return
  if (queue.running > 0 && queue.waiting.length < CROWD * queue.running) return
  queue.running += 1
  void sendOrSendAlone(queue, takeBatch(queue)).finally(() => {
    queue.running -= 1
    sendNext(queue)
  })
}

/** The oldest ones; of those about the same generation only the first, since the next one depends on its outcome. */
function takeBatch(queue: Queue): Waiting[] {
  const batch = new Map<string, Waiting>()
  const later: Waiting[] = []
  for (const waiting of queue.waiting) {
    const subject = `${waiting.act.account}/${waiting.act.generation}`
    if (batch.size === MOST || batch.has(subject)) later.push(waiting)
    else batch.set(subject, waiting)
  }
  queue.waiting = later
  return [...batch.values()]
}

async function sendOrSendAlone(queue: Queue, batch: Waiting[]): Promise<void> {
  try {
    await send(queue, batch)
  } catch (error) {
    if (batch.length > 1 && isAboutOneAct(error))
      await Promise.all(batch.map(waiting => send(queue, [waiting]).catch(waiting.reject)))
    else for (const { reject } of batch) reject(error)
  }
}

/** The book answered, and undid the batch: because of one of its acts, as far as anybody knows. */
function isAboutOneAct(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity === 'ERROR'
}

async function send({ book, name }: Queue, batch: Waiting[]): Promise<void> {
  const { rows } = await book.query<{ n: number; answer: object }>({
    name,
    text: `select n, answer from ${name}($1)`,
    values: [JSON.stringify(batch.map(waiting => waiting.act))],
  })
  for (const { n, answer } of rows) batch[n - 1]?.resolve(answer)
  for (const { reject } of batch) reject(new Error(`the book gave no answer to ${name}`))
}
