// npm run codec: decrypts payloads for Temporal's UI and command line.
import { readConfig } from '../platform/config.ts'
import { startCodecServer } from './codec/server.ts'

const server = await startCodecServer(readConfig(process.env)).catch(error => {
  console.error(error.message)
  process.exit(1)
})
console.log(`The codec server listens at ${server.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.stop())
