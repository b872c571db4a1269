import { type AppConfig, type Config, ConfigError, databaseOf } from './config.ts'

/**
 * Runs one service of a deployment, API or worker, until it is told to stop (SIGTERM, SIGINT). Its servers are given
 * by DATABASE_URL and TEMPORAL_ADDRESS; a wrong or missing variable is told in a sentence, with exit code 1.
 */
export async function runService(
  read: () => Config,
  start: (config: AppConfig) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  try {
    const service = await start(withServers(read()))
    await new Promise<void>(resolve => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
    })
    await service.stop()
    process.exit(0)
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  }
}

function withServers(config: Config): AppConfig {
  const databaseUrl = databaseOf(config)
  const { temporalAddress } = config
  if (!temporalAddress) throw new ConfigError('TEMPORAL_ADDRESS is not set: it says where Temporal answers.')
  return { ...config, databaseUrl, temporalAddress }
}
