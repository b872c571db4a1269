import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createKey, isValidKey, type Scope } from '../db/accounts/api-keys.ts'
import type { Db } from '../db/core/command.ts'
import { connectDb } from '../db/core/connect.ts'
import type { AppConfig } from '../platform/config.ts'
import { readPolicies } from '../platform/policy-store.ts'

const developmentScopes = ['generate', 'manage', 'support', 'admin'] as const satisfies Scope[]

const keysFile = z.record(z.string(), z.record(z.string(), z.string()))

/**
 * Writes one key per product and scope to keys.json in the data folder; valid keys stay. For development only.
 * @returns the file's path
 */
export async function writeDevelopmentKeys(config: AppConfig): Promise<string> {
  const path = join(config.dataDir, 'keys.json')
  const db = connectDb(config.databaseUrl, 1)
  try {
    const known = await readKeys(path)
    const keys: Record<string, Record<string, string>> = {}
    for (const product of readPolicies(config.policiesDir).keys()) {
      const own: Record<string, string> = {}
      for (const scope of developmentScopes) own[scope] = await keyFor(db, product, scope, known[product]?.[scope])
      keys[product] = own
    }
    await mkdir(config.dataDir, { recursive: true })
    await writeFile(`${path}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    await rename(`${path}.new`, path)
    return path
  } finally {
    await db.end()
  }
}

async function keyFor(db: Db, product: string, scope: Scope, known: string | undefined): Promise<string> {
  if (known && (await isValidKey(db, known, product, scope))) return known
  const { key } = await createKey(db, product, { name: `development-${scope}`, scope })
  return key
}

async function readKeys(path: string): Promise<z.infer<typeof keysFile>> {
  if (!existsSync(path)) return {}
  const parsed = keysFile.safeParse(JSON.parse(await readFile(path, 'utf8')))
  return parsed.success ? parsed.data : {}
}
