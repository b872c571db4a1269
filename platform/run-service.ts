import { type AppConfig, type Config, ConfigError, databaseOf } from './config.ts'

/**
 * Runs the API or a worker until SIGTERM or SIGINT. DATABASE_URL and TEMPORAL_ADDRESS name its servers. An invalid variable
 * is reported in one sentence, with exit code 1.
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
  if (!temporalAddress)
    throw new ConfigError('TEMPORAL_ADDRESS is not set. Set it to host:port of the Temporal server.')
  return { ...config, databaseUrl, temporalAddress }
}
