// npm run ops -- …: what operations ask for in a terminal. Works on DATABASE_URL and TEMPORAL_ADDRESS, else on what npm start runs.
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'
import { reconcile } from './ops/reconcile.ts'
import { withServers } from './ops/servers.ts'
import { verifyBook } from './ops/verify.ts'

const USAGE = `npm run ops -- verify                          checks every sum and every hash chain of the book
npm run ops -- reconcile [--dry-run]           after Temporal's data were lost or restored: its workflows follow the book again
`

async function run([command, ...rest]: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  })
  if (command === 'verify' && positionals.length === 0) return verifyBook(config, say)
  if (command === 'reconcile' && positionals.length === 0)
    return withServers(config, servers => reconciled(reconcile(servers, { dryRun: values['dry-run'], say })))
  process.stderr.write(USAGE)
  return 2
}

async function reconciled(done: ReturnType<typeof reconcile>): Promise<number> {
  const { inOrder, started, caughtUp, failed } = await done
  say(`${started} started again, ${caughtUp} brought to where the book is, ${inOrder} in order.`)
  if (started + caughtUp + failed === 0) say('There was nothing to do.')
  if (failed > 0) say(`${failed} could not be put right: see above, then send this again.`)
  return failed === 0 ? 0 : 1
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  process.exitCode = await run(process.argv.slice(2), readConfig(process.env))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
