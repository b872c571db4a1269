import { DatabaseError } from 'pg'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { createBatcher, type Waiting } from './batcher.ts'
import { type Command, type Db, fingerprint, type Replayable } from './command.ts'

/** Many small batches cost nearly as much each; but another core may be free, and a batch may be waiting for a lock. */
const CROWD = 5
/** Also for how long a batch locks its accounts. */
const MOST = 10

/** Who is locked anyway may as well do more: acts on one account can only follow one another. */
const MOST_OF_ACCOUNT = 25

type BatchedAct = 'reserve' | 'settle' | 'charge'
type Item = { account: string; generation: string }
type Answer = object & { refusal?: Refusal }

const acts = { reserve: inBatches('reserve'), settle: inBatches('settle'), charge: inBatches('charge') }

/**
 * As act(), for the acts on generations, which are many: those that are asked for while others are on their way share
 * one round trip and one transaction, also when they are about the same account. Each has its own answer, and one that
 * cannot be done does not keep the others of its batch from being done.
 * @throws Refused with the book's refusal; nothing was changed
 */
export async function runBatched<T extends object>(
  db: Db,
  name: BatchedAct,
  { account_key, operation_key, at }: Command,
  request: unknown,
  args: { generation: string; [more: string]: unknown },
): Promise<T & Replayable> {
  const act = { ...args, account: account_key, key: operation_key, fingerprint: fingerprint(request), at }
  const answer = await acts[name](db, act)
  if (answer.refusal) throw new Refused(answer.refusal)
  return answer as T & Replayable
}

function inBatches(name: BatchedAct) {
  return createBatcher<Item, Answer>({
    crowd: CROWD,
    most: MOST,
    kinds: {
      // Of two acts on one generation the later one depends on the outcome of the first.
      subject: ({ account, generation }) => `${account}/${generation}`,
      company: ({ account }) => account,
      atMost: MOST_OF_ACCOUNT,
    },
    send: (db, batch) => sendOrSendAlone(db, name, batch),
  })
}

async function sendOrSendAlone(db: Db, name: BatchedAct, batch: Waiting<Item, Answer>[]): Promise<void> {
  try {
    await send(db, name, batch)
  } catch (error) {
    if (batch.length === 1 || !isAboutOneAct(error)) throw error
    await Promise.all(batch.map(waiting => send(db, name, [waiting]).catch(waiting.reject)))
  }
}

/** The book answered, and undid the batch: because of one of its acts, as far as anybody knows. */
function isAboutOneAct(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity === 'ERROR'
}

async function send(db: Db, name: BatchedAct, batch: Waiting<Item, Answer>[]): Promise<void> {
  const { rows } = await db.query<{ n: number; answer: object }>({
    name,
    text: `select n, answer from ${name}($1)`,
    values: [JSON.stringify(batch.map(waiting => waiting.item))],
  })
  for (const { n, answer } of rows) batch[n - 1]?.resolve(answer)
  for (const { reject } of batch) reject(new Error(`the book gave no answer to ${name}`))
}
