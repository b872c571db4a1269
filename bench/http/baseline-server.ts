// The HTTP baseline: Express and pg with one statement per request: baseline-server.ts DATABASE_URL
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { connectDb } from '../../db/core/connect.ts'
import { untilParentDisconnects } from '../processes/child.ts'

const CONNECTIONS = 20

const db = connectDb(process.argv[2] ?? '', CONNECTIONS)
const http = express()
http.use(express.json())

http.get('/one', async (_request, response) => {
  const { rows } = await db.query({ name: 'one', text: 'select 1 as one' })
  response.json(rows[0])
})

/** The body holds the SQL function's arguments, so that the server decides nothing. */
http.post('/charge', async (request, response) => {
  const { rows } = await db.query({
    name: 'charge',
    text: 'select * from charge($1)',
    values: [JSON.stringify([request.body])],
  })
  response.status(201).json(rows[0])
})

const server = createServer(http)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
await untilParentDisconnects({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
server.close()
server.closeAllConnections()
await db.end()
