import { changedFile, type Pace } from './changed-file.ts'
import { type AppConfig, type Config, ConfigError, databaseOf } from './config.ts'

/** `ended` resolves with the reason when the service ends by itself. */
type Service = { stop(): Promise<void>; ended?: Promise<string> }

/**
 * Runs the API or a worker until SIGTERM or SIGINT. DATABASE_URL and TEMPORAL_ADDRESS name its servers. An invalid variable
 * is reported in one sentence, with exit code 1. A service that ends by itself, or that stops because a file of its
 * configuration has changed, exits with 1, so that its supervisor restarts it.
 */
export async function runService(
  read: () => Config,
  start: (config: AppConfig) => Promise<Service>,
  pace?: Pace,
): Promise<void> {
  try {
    const config = withServers(read())
    const changed = changedFile(config.files, pace)
    const service = await start(config)
    const file = await Promise.race([changed, untilSignal(service)])
    if (file) console.error(`${file} has changed. Stopping, so that a restart reads it.`)
    await service.stop()
    process.exit(file ? 1 : 0)
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

/** Resolves at a signal. @throws Error when the service ends before */
async function untilSignal({ ended }: Service): Promise<void> {
  const signal = new Promise<void>(resolve => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve())
  })
  const end = ended?.then(reason => {
    throw new Error(`The service ended by itself: ${reason}`)
  })
  await Promise.race(end ? [signal, end] : [signal])
}
