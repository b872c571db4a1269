import pg from 'pg'
import type { Db } from './command.ts'

/** The schema that holds every object of ours; connections search no other. */
export const SCHEMA = 'lotkeeper'

const INT8 = 20
const NUMERIC = 1700

/** Credits are whole numbers that JavaScript counts exactly; anything beyond is a mistake, not a balance. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new Error(`${text} is not a whole number that can be counted exactly`)
  return value
}

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? wholeNumber
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Callers of ours hear within five seconds. */
const SHORT_SECONDS = 3

/**
 * Opens the book. Statements and waiting for a connection end after a few seconds, so that a caller hears within five
 * that the book cannot be reached.
 * @param max connections at most
 * @param statementSeconds how long one statement may take; longer only where nobody waits for an answer
 */
export function connectDb(
  connectionString: string,
  max: number,
  { statementSeconds = SHORT_SECONDS } = {},
): Db {
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
      // A plan is kept for as long as the connection, and may be made while a table is so small that reading all of it
      // looks cheap. Only what may take its time does that on purpose.
      ...(statementSeconds === SHORT_SECONDS ? ['-c enable_seqscan=off'] : []),
      `-c statement_timeout=${statementSeconds}s`,
      // Somewhat sooner, so that it is told apart what a statement waited for.
      `-c lock_timeout=${statementSeconds * 1_000 - 500}ms`,
      '-c idle_in_transaction_session_timeout=10s',
    ].join(' '),
  })
  // An idle connection that breaks is replaced at its next use, and of one that is lent the query tells; without a listener
  // either would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', connection => connection.on('error', () => undefined))
  return pool
}
