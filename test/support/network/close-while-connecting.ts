// A client of a Temporal server that closes every connection, closed while connecting. The program ends by itself.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { readConfig } from '../../../platform/config.ts'
import { temporalClient } from '../../../platform/temporal-client.ts'

const server = createServer(socket => socket.destroy())
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
const config = { ...readConfig({}), databaseUrl: '', temporalAddress: `127.0.0.1:${port}` }
const client = temporalClient(config, () => undefined)
await once(server, 'connection')
await client.close()
server.close()
