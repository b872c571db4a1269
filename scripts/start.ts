// npm start: runs API and worker in this process, and PostgreSQL and Temporal as its children.
import { readConfig } from '../platform/config.ts'
import { sentence } from '../platform/run-command.ts'
import { StopRequest } from './start/ending.ts'
import { run } from './start/run.ts'
import { print, styled } from './terminal.ts'

const ending = new AbortController()
// npm forwards signals that the process group also receives, so only the first one counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => ending.abort(new StopRequest(signal)))
}
process.on('uncaughtException', error => ending.abort(error))

async function main(): Promise<number> {
  let showStack = false
  try {
    const config = readConfig(process.env)
    showStack = config.logLevel === 'debug' || config.logLevel === 'trace'
    await run(config, ending, print)
  } catch (error) {
    if (error instanceof StopRequest) return 0
    process.stderr.write(`${styled('red', sentence(error))}\n`)
    if (showStack) console.error(error)
    return 1
  }
  return 0
}

process.exit(await main())
