import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodeSecrets } from '../domain/codes/codes.ts'
import { type AppConfig, ConfigError } from './config.ts'

/**
 * The secrets that redemption codes are derived from. Outside production one is generated at the first start and kept in
 * the data folder.
 * @throws ConfigError in production without CODE_SECRETS: if a secret is lost, its codes are lost
 */
export function codeSecretsOf({ codeSecrets, nodeEnv, dataDir }: AppConfig): CodeSecrets {
  if (codeSecrets) return codeSecrets
  if (nodeEnv === 'production')
    throw new ConfigError(
      'CODE_SECRETS is not set: redemption codes are derived from it, 1:… with a long secret of your own.',
    )
  const file = join(dataDir, 'code-secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return [{ version: 1, secret: readFileSync(file, 'utf8') }]
}
