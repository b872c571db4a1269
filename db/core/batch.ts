import { DatabaseError } from 'pg'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { createBatcher, type PendingItem } from './batcher.ts'
import { type Command, type Db, fingerprint, type Replayable } from './command.ts'
import { asSpan } from './span.ts'

type BatchedCommand = 'reserve' | 'settle' | 'charge'
type Item = { account: string; generation: string }
type Result = object & { refusal?: Refusal }

const batchers = { reserve: batcherOf('reserve'), settle: batcherOf('settle'), charge: batcherOf('charge') }

/**
 * Runs a command on a generation as command() does, batched with concurrent ones into one round trip and one transaction.
 * Each command has its own result; a refused or failed one does not affect the others.
 * @throws Refused with the ledger's refusal; nothing was changed
 */
export async function runBatched<T extends object>(
  db: Db,
  name: BatchedCommand,
  { account_key, operation_key, at }: Command,
  request: unknown,
  args: { generation: string; [more: string]: unknown },
): Promise<T & Replayable> {
  const item = { ...args, account: account_key, key: operation_key, fingerprint: fingerprint(request), at }
  const result = await asSpan(name, () => batchers[name](db, item))
  if (result.refusal) throw new Refused(result.refusal)
  return result as T & Replayable
}

function batcherOf(name: BatchedCommand) {
  return createBatcher<Item, Result>({
    // Small batches cost nearly as much each, but another core may be idle, and a batch may wait for a lock.
    queuedPerInFlight: 5,
    // A batch locks its accounts until it ends.
    maxBatch: 10,
    grouping: {
      // A second command on a generation depends on the result of the first.
      uniqueKey: ({ account, generation }) => `${account}/${generation}`,
      groupKey: ({ account }) => account,
      // The account is locked already, so batch more of its commands.
      maxPerGroup: 25,
    },
    send: (db, batch) => sendOrSplit(db, name, batch),
  })
}

/** Sends the commands one by one if an error in one of them may have rolled back the batch. */
async function sendOrSplit(db: Db, name: BatchedCommand, batch: PendingItem<Item, Result>[]): Promise<void> {
  try {
    await send(db, name, batch)
  } catch (error) {
    if (batch.length === 1 || !isStatementError(error)) throw error
    await Promise.all(batch.map(pending => send(db, name, [pending]).catch(pending.reject)))
  }
}

function isStatementError(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity === 'ERROR'
}

async function send(db: Db, name: BatchedCommand, batch: PendingItem<Item, Result>[]): Promise<void> {
  const { rows } = await db.query<{ n: number; answer: object }>({
    name,
    text: `select n, answer from ${name}($1)`,
    values: [JSON.stringify(batch.map(({ item }) => item))],
  })
  for (const { n, answer } of rows) batch[n - 1]?.resolve(answer)
  for (const { reject } of batch) reject(new Error(`${name} returned no result`))
}
