import type { AppConfig } from '../../platform/config.ts'
import { createLogger } from '../../platform/logger.ts'
import { sentence } from '../../platform/run-command.ts'
import { styled } from '../terminal.ts'
import { demo, makeDemoAccount, wantsDemoAccount } from './demo-account.ts'
import { endWith, type StartContext } from './embedded-servers.ts'
import { unless } from './ending.ts'

/**
 * Migrates the database, builds the portal, starts worker and API, and creates development keys and the demo account outside
 * production. Imports them late, so that a bad setting or a used port is reported at once.
 */
export async function openApp(config: AppConfig, context: StartContext) {
  const { parts, ending, print } = context
  const step = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    print(styled('dim', what))
    try {
      return await unless(ending.signal, work())
    } catch (error) {
      ending.signal.throwIfAborted()
      throw new Error(`${what} failed: ${sentence(error)}`, { cause: error })
    }
  }

  const logger = createLogger(config)

  await step('Migrating the database', async () => {
    const { migrate } = await import('../../migrations/migrate.ts')
    await migrate(config.databaseUrl)
  })
  await step('Building the portal', async () => {
    const { buildPage } = await import('../../web/build.ts')
    await buildPage()
  })
  const worker = await step('Starting the worker', async () => {
    const { startWorker } = await import('../../worker/start.ts')
    return startWorker(config)
  })
  parts.push({ name: 'The worker', stop: worker.stop, seconds: 7 })
  endWith('The worker', worker.ended, context)
  const { api, keysFile } = await step('Starting the API', async () => {
    const { startApi } = await import('../../api/start.ts')
    const keysFile = await developmentKeys(config)
    return { api: await startApi({ ...config, ...(wantsDemoAccount(config) && { demo }) }, logger), keysFile }
  })
  parts.push({ name: 'The API', stop: api.stop, seconds: 4 })
  const opened = { apiUrl: api.url, keysFile }
  if (!keysFile || !wantsDemoAccount(config)) return { ...opened, demoPage: undefined }
  // The demo year's requests, hundreds of them, are not logged.
  logger.level = 'warn'
  const demoPage = await step('Creating a year of demo data (once)', () =>
    makeDemoAccount({ apiUrl: api.url, keysFile }, ending.signal),
  )
  logger.level = config.logLevel
  return { ...opened, demoPage }
}

async function developmentKeys(config: AppConfig): Promise<string | undefined> {
  if (config.nodeEnv === 'production') return undefined
  const { writeDevelopmentKeys } = await import('../../api/development-keys.ts')
  return writeDevelopmentKeys(config)
}
