import { runService } from '../run-service.ts'
import { startWorker } from './start.ts'

await runService(process.env, config => startWorker(config))
