import { realpath, rm } from 'node:fs/promises'
import path from 'node:path'

/** Removes a data folder, and the database that a link in it points to. */
export async function removeDataFolder(folder: string): Promise<void> {
  const cluster = await realpath(path.join(folder, 'postgres')).catch(() => undefined)
  if (cluster) await rm(cluster, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
}
