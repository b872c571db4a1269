import { migrate } from '../../migrations/migrate.ts'
import { buildGate, type Gate } from './gate.ts'
import { PostgresOnDisk } from './postgres-on-disk.ts'
import { temporalAddress } from './servers.ts'
import { openSite, type Site } from './site.ts'

/** API, worker and a PostgreSQL of their own, each a process that can be killed, with a gate in the database. */
export type House = Site & { gate: Gate; postgres: PostgresOnDisk }

export async function buildHouse(name: string): Promise<House> {
  const postgres = await PostgresOnDisk.start()
  await migrate(postgres.url)
  const gate = await buildGate(postgres.url)
  const site = await openSite({ name, databaseUrl: postgres.url, temporalAddress: temporalAddress() })
  return {
    ...site,
    gate,
    postgres,
    stop: async () => {
      await site.stop()
      await postgres.stop()
    },
  }
}
