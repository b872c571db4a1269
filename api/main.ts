import { readConfig } from '../config.ts'
import { runService } from '../run-service.ts'
import { startApi } from './start.ts'

await runService(
  () => readConfig(process.env),
  config => startApi(config),
)
