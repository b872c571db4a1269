// Runs a worker for an empty workflow: empty-worker.ts ADDRESS TASK_QUEUE WORKFLOWS
import path from 'node:path'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { untilParentDisconnects } from './child.ts'

const [address, taskQueue = '', workflows = ''] = process.argv.slice(2)
const logger = new DefaultLogger('WARN')
Runtime.install({ logger })
const connection = await NativeConnection.connect({ address })
const workflowsPath = path.join(import.meta.dirname, '..', workflows + path.extname(import.meta.filename))
const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger })
const worker = await Worker.create({ connection, taskQueue, workflowBundle })
const running = worker.run()
await untilParentDisconnects({ taskQueue })
worker.shutdown()
await running
await connection.close()
