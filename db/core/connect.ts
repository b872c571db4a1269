import pg from 'pg'
import type { Db } from './command.ts'

/** The schema that holds every object of ours; connections search no other. */
export const SCHEMA = 'lotkeeper'

const INT8 = 20
const NUMERIC = 1700

/** Credits are safe integers; any other number is an error. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is not a safe integer`)
  return value
}

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? safeInteger
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** The API answers within five seconds, connecting included. */
const SHORT_SECONDS = 3

/**
 * Opens a connection pool. Connecting and statements time out, so that a caller learns within five seconds that the
 * database is unavailable.
 * @param max maximum number of connections
 * @param statementSeconds timeout of a statement; raise it only for work without a waiting caller
 */
export function connectDb(connectionString: string, max: number, { statementSeconds = SHORT_SECONDS } = {}): Db {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    connectionTimeoutMillis: 2_000,
    query_timeout: statementSeconds * 1_000,
    options: [
      `-c search_path=${SCHEMA}`,
      '-c timezone=UTC',
      '-c plan_cache_mode=force_generic_plan',
      // A plan lives as long as its connection; a plan made while a table is small would always scan it. Long queries may
      // scan on purpose.
      ...(statementSeconds === SHORT_SECONDS ? ['-c enable_seqscan=off'] : []),
      `-c statement_timeout=${statementSeconds}s`,
      // Shorter than statement_timeout, so that the error names the lock.
      `-c lock_timeout=${statementSeconds * 1_000 - 500}ms`,
      '-c idle_in_transaction_session_timeout=10s',
    ].join(' '),
  })
  // The pool replaces broken idle connections, and queries report broken ones in use; without listeners the process would
  // exit.
  pool.on('error', () => undefined)
  pool.on('connect', connection => connection.on('error', () => undefined))
  return pool
}
