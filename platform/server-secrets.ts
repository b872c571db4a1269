import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerSecrets } from '../domain/shared/server-secrets.ts'
import { type AppConfig, ConfigError } from './config.ts'

/**
 * The secrets that redemption codes and webhook secrets derive from. Outside production one is generated at the first start and kept in
 * the data folder.
 * @throws ConfigError in production without SERVER_SECRETS: if a secret is lost, its codes are lost
 */
export function serverSecretsOf({ serverSecrets, nodeEnv, dataDir }: AppConfig): ServerSecrets {
  if (serverSecrets) return serverSecrets
  if (nodeEnv === 'production')
    throw new ConfigError(
      'SERVER_SECRETS is not set: redemption codes and webhook secrets derive from it. Set 1:… with a long secret of your own.',
    )
  const file = join(dataDir, 'server-secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return [{ version: 1, secret: readFileSync(file, 'utf8') }]
}
