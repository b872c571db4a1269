// Lotkeeper in a process of its own, worker and API as `npm start` runs them, or one of them: lotkeeper.ts CONFIGURATION [api|worker]
import { startApi } from '../../api/start.ts'
import type { AppConfig } from '../../platform/config.ts'
import { startWorker } from '../../worker/start.ts'
import { untilParentEnds } from './child.ts'

const [configuration = '', part] = process.argv.slice(2)
const config: AppConfig = JSON.parse(configuration)
const worker = part === 'api' ? null : await startWorker(config)
const api = part === 'worker' ? null : await startApi(config)
await untilParentEnds({ url: api?.url ?? '' })
await api?.stop()
await worker?.stop()
