// Lotkeeper as `npm start` runs it, worker and API in one process: lotkeeper.ts CONFIGURATION
import { startApi } from '../../api/start.ts'
import type { AppConfig } from '../../config.ts'
import { startWorker } from '../../worker/start.ts'
import { untilParentEnds } from './child.ts'

const config: AppConfig = JSON.parse(process.argv[2] ?? '')
const worker = await startWorker(config)
const api = await startApi(config)
await untilParentEnds({ url: api.url })
await api.stop()
await worker.stop()
