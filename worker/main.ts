import { readConfig } from '../platform/config.ts'
import { runService } from '../platform/run-service.ts'
import { startWorker } from './start.ts'

await runService(
  () => readConfig(process.env),
  config => startWorker(config),
)
