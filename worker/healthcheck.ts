// Exits with 0 if a worker of this container polls Temporal, for container health checks.
import { hostname } from 'node:os'
import { Client, Connection } from '@temporalio/client'
import { ConfigError, readConfig, temporalOf } from '../platform/config.ts'
import { recentPollers } from '../platform/pollers.ts'
import { runCommand } from '../platform/run-command.ts'

const WITHIN_MS = 10_000

await runCommand(async () => {
  const { temporalAddress, temporalAccess, temporalNamespace: namespace, temporalTaskQueue } = readConfig(process.env)
  if (!temporalAddress) throw new ConfigError('TEMPORAL_ADDRESS is not set.')
  const connection = await Connection.connect(temporalOf({ temporalAddress, temporalAccess }))
  const client = new Client({ connection, namespace })
  const pollers = await client.withDeadline(Date.now() + WITHIN_MS, () => recentPollers(client, temporalTaskQueue))
  await connection.close()
  // The SDK names a worker process@host.
  const isMissing = (identities: string[]) => !identities.some(identity => identity.endsWith(`@${hostname()}`))
  const missing = Object.entries(pollers).flatMap(([name, identities]) => (isMissing(identities) ? name : []))
  if (missing.length > 0)
    throw new Error(`Temporal has not seen ${missing.join(' and ')} of this host for two minutes.`)
  return 0
})
