import { isGrpcServiceError } from '@temporalio/client'
import { type AppConfig, ConfigError } from './config.ts'

/** PostgreSQL's codes for a wrong user or password, and for a database that does not exist. */
const REFUSED_USER = ['28P01', '28000']
const NO_DATABASE = '3D000'

/** gRPC's codes. */
const NOT_FOUND = 5
const REFUSED_CREDENTIALS = [7, 16]

/**
 * Explains why PostgreSQL cannot be used: which variable is wrong, and what to do. Leaves out user and password.
 * @returns the error itself where it has another reason
 */
export function explainDatabaseError(databaseUrl: string, error: unknown): unknown {
  const { host, pathname } = new URL(databaseUrl)
  const { code = '', message } = firstOf(error)
  const database = decodeURIComponent(pathname.slice(1))
  if (REFUSED_USER.includes(code))
    return new ConfigError(`DATABASE_URL: PostgreSQL at ${host} refuses the user or its password (${message}).`)
  if (code === NO_DATABASE)
    return new ConfigError(`DATABASE_URL: PostgreSQL at ${host} has no database "${database}". Create it first.`)
  if (!/^E[A-Z]+$/.test(code)) return error
  return new ConfigError(
    `DATABASE_URL: PostgreSQL cannot be reached at ${host} (${code}). Start it, or correct the URL.`,
  )
}

/** An attempt to connect by several addresses fails with all their errors. */
function firstOf(error: unknown): NodeJS.ErrnoException {
  return error instanceof AggregateError ? error.errors[0] : (error as NodeJS.ErrnoException)
}

/**
 * Explains why Temporal cannot be used: which variable is wrong, and what to do.
 * @returns the error itself where it has another reason
 */
export function explainTemporalError(
  { temporalAddress: address, temporalNamespace: namespace }: Pick<AppConfig, 'temporalAddress' | 'temporalNamespace'>,
  error: unknown,
): unknown {
  const code = isGrpcServiceError(error) ? error.code : null
  if (code === NOT_FOUND)
    return new ConfigError(
      `TEMPORAL_NAMESPACE: Temporal at ${address} has no namespace "${namespace}". Create it: temporal operator namespace create --namespace ${namespace}`,
    )
  if (code !== null && REFUSED_CREDENTIALS.includes(code))
    return new ConfigError(
      `TEMPORAL_API_KEY, TEMPORAL_TLS_CERT: Temporal at ${address} refuses these credentials (${(error as Error).message}).`,
    )
  if (!/Failed to connect|ECONN|ENOTFOUND|EAI_AGAIN|DNS|deadline/i.test(String(error))) return error
  return new ConfigError(
    `TEMPORAL_ADDRESS: Temporal cannot be reached at ${address}. Start it, or correct the address.`,
  )
}
