import { readConfig } from '../config.ts'
import { runService } from '../run-service.ts'
import { startWorker } from './start.ts'

await runService(
  () => readConfig(process.env),
  config => startWorker(config),
)
