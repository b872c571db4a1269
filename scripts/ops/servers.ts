import { type Client, Connection } from '@temporalio/client'
import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { type Config, ConfigError, temporalOf } from '../../platform/config.ts'
import { clientOf } from '../../platform/temporal-client.ts'
import { findRunning } from '../running.ts'

export type Servers = { db: Db; temporal: Client; taskQueue: string }

/** No caller waits, and a scan of a large ledger takes long. */
const STATEMENT_SECONDS = 3600

/** The configured database, else that of npm start. The caller ends the pool. */
export function dbFor({ databaseUrl, dataDir }: Config): Db {
  const url = databaseUrl ?? runningHere(dataDir).database_url
  return connectDb(url, 4, { statementSeconds: STATEMENT_SECONDS })
}

/** The configured replica, else the database itself. The caller ends the pool. */
export function replicaFor(config: Config): Db {
  return dbFor({ ...config, databaseUrl: config.databaseReadUrl ?? config.databaseUrl })
}

/** Runs a command with database and Temporal, and closes both. @throws Error when Temporal does not answer */
export async function withServers<T>(config: Config, command: (servers: Servers) => Promise<T>): Promise<T> {
  const temporalAddress = config.temporalAddress ?? runningHere(config.dataDir).temporal_address
  const db = dbFor(config)
  try {
    const connection = await Connection.connect({
      ...temporalOf({ ...config, temporalAddress }),
      connectTimeout: '5s',
    }).catch(error => {
      throw new Error(`Temporal does not answer at ${temporalAddress} (TEMPORAL_ADDRESS): ${error.message}`)
    })
    try {
      const temporal = clientOf(connection, config)
      return await command({ db, temporal, taskQueue: config.temporalTaskQueue })
    } finally {
      await connection.close()
    }
  } finally {
    await db.end()
  }
}

function runningHere(dataDir: string) {
  try {
    return findRunning(dataDir)
  } catch (error) {
    throw new ConfigError(`${(error as Error).message} Or set DATABASE_URL and TEMPORAL_ADDRESS.`)
  }
}
