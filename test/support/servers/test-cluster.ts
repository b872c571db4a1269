import { migrate } from '../../../migrations/migrate.ts'
import { type CommitGate, installCommitGate } from '../network/commit-gate.ts'
import { temporalAddress } from '../run/servers.ts'
import { PostgresOnDisk } from './postgres-on-disk.ts'
import { type ServiceProcesses, startServiceProcesses } from './service-processes.ts'

/** API, worker and their own PostgreSQL, as processes that can be killed, with a gate in the database. */
export type TestCluster = ServiceProcesses & { gate: CommitGate; postgres: PostgresOnDisk }

export async function startTestCluster(name: string): Promise<TestCluster> {
  const postgres = await PostgresOnDisk.start()
  await migrate(postgres.url)
  const gate = await installCommitGate(postgres.url)
  const services = await startServiceProcesses({
    name,
    databaseUrl: postgres.url,
    temporalAddress: temporalAddress(),
  })
  return {
    ...services,
    gate,
    postgres,
    stop: async () => {
      await services.stop()
      await postgres.stop()
    },
  }
}
