import { runService } from '../run-service.ts'
import { startApi } from './start.ts'

await runService(process.env, config => startApi(config))
