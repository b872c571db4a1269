// Runs services of Lotkeeper as a process that a test may kill: service.ts api|worker|both CONFIGURATION
import { pino } from 'pino'
import { startApi } from '../../../api/start.ts'
import type { AppConfig } from '../../../platform/config.ts'
import { startWorker } from '../../../worker/start.ts'
import { workflowBundle } from './servers.ts'

const [role, configuration = ''] = process.argv.slice(2)
const config: AppConfig = JSON.parse(configuration)
const logger = pino({ level: 'silent' })
// End with the test.
process.once('disconnect', () => process.exit())
if (role !== 'api') await startWorker(config, { workflowCode: await workflowBundle(), logger })
if (role !== 'worker') await startApi(config, logger)
process.send?.('ready')
