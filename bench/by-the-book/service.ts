// What one would write oneself, API and worker in one process: service.ts DATABASE_URL TEMPORAL_ADDRESS TASK_QUEUE
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import express from 'express'
import knex from 'knex'
import { untilParentDisconnects } from '../processes/child.ts'
import { createActivities } from './activities.ts'
import { completeUpdate, type generation, reserveUpdate } from './workflows.ts'

const COST = 2
const CONNECTIONS = 20

const [connection = '', address = '', taskQueue = ''] = process.argv.slice(2)
Runtime.install({ logger: new DefaultLogger('WARN') })
const db = knex({ client: 'pg', connection, searchPath: ['by_the_book'], pool: { max: CONNECTIONS } })

const temporal = await Connection.connect({ address })
const { workflow } = new Client({ connection: temporal })
const native = await NativeConnection.connect({ address })
const worker = await Worker.create({
  connection: native,
  taskQueue,
  workflowsPath: path.join(import.meta.dirname, `workflows${path.extname(import.meta.filename)}`),
  activities: createActivities(db),
})
const running = worker.run()

const http = express()
http.use(express.json())

http.post('/v1/accounts/:account/generations', async (request, response) => {
  const id = request.get('idempotency-key') ?? randomUUID()
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof generation>('generation', {
    workflowId: id,
    taskQueue,
    args: [{ id, account: request.params.account, cost: COST }],
    workflowIdConflictPolicy: 'USE_EXISTING',
  })
  response.status(201).json(await workflow.executeUpdateWithStart(reserveUpdate, { startWorkflowOperation }))
})

http.post('/v1/generations/:id/complete', async (request, response) => {
  response.json(await workflow.getHandle(request.params.id).executeUpdate(completeUpdate))
})

const server = createServer(http)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
await untilParentDisconnects({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
server.close()
server.closeAllConnections()
worker.shutdown()
await running
await native.close()
await temporal.close()
await db.destroy()
