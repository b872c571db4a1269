// Runs the API and the worker, or one of them: lotkeeper.ts CONFIG_JSON [api|worker]
import { startApi } from '../../api/start.ts'
import type { AppConfig } from '../../platform/config.ts'
import { startWorker } from '../../worker/start.ts'
import { untilParentDisconnects } from './child.ts'

const [json = '', part] = process.argv.slice(2)
const config: AppConfig = JSON.parse(json)
const worker = part === 'api' ? null : await startWorker(config)
const api = part === 'worker' ? null : await startApi(config)
await untilParentDisconnects({ url: api?.url ?? '' })
await api?.stop()
await worker?.stop()
