// npm run ops: commands for operators. Uses DATABASE_URL and TEMPORAL_ADDRESS, else the servers of npm start.
import { parseArgs } from 'node:util'
import { verify } from '../db/ledger/verify.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { runCommand } from '../platform/run-command.ts'
import { showAttention } from './ops/attention.ts'
import { reconcile } from './ops/reconcile.ts'
import { dbFor, withServers } from './ops/servers.ts'
import { showAccount } from './ops/show.ts'
import { showViews } from './ops/views.ts'
import { findRunning } from './running.ts'

const USAGE = `npm run ops -- attention                       items that need a person, and how to resolve them
npm run ops -- show ACCOUNT [--product P]      shows an account; --personal includes its e-mail address
npm run ops -- views                           queries for saved views of the Temporal UI
npm run ops -- verify                          checks every sum and hash chain of the ledger
npm run ops -- reconcile [--dry-run]           brings workflows in line with the ledger after Temporal lost data
`

const options = {
  'dry-run': { type: 'boolean', default: false },
  personal: { type: 'boolean', default: false },
  product: { type: 'string' },
} as const

async function run(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [command, account = '', ...more] = positionals
  if (more.length === 0 && (account !== '') === (command === 'show'))
    switch (command) {
      case 'attention':
        return withServers(config, async servers => {
          await showAttention(servers, readPolicies(config.policiesDir), print)
          return 0
        })
      case 'show':
        return withServers(config, async servers => {
          const products = productsOf(config, values.product)
          const { personal } = values
          return (await showAccount(servers, { account, products, personal, print })) > 0 ? 0 : 1
        })
      case 'views':
        showViews(uiOf(config), config.temporalNamespace, print)
        return 0
      case 'verify':
        return verifyLedger(config, print)
      case 'reconcile':
        return withServers(config, servers => reconciled(reconcile(servers, { dryRun: values['dry-run'], print })))
    }
  process.stderr.write(USAGE)
  return 2
}

/** The UI of npm start; null where another Temporal is configured, or none runs. */
function uiOf({ temporalAddress, dataDir }: Config): string | null {
  if (temporalAddress) return null
  try {
    return findRunning(dataDir).temporal_ui
  } catch {
    return null
  }
}

function productsOf({ policiesDir }: Config, asked: string | undefined): string[] {
  const known = [...readPolicies(policiesDir).keys()]
  if (asked === undefined) return known
  if (known.includes(asked)) return [asked]
  throw new Error(`--product ${asked}: unknown product; known: ${known.join(', ')}.`)
}

async function reconciled(done: ReturnType<typeof reconcile>): Promise<number> {
  const { upToDate, started, resynced, failed } = await done
  print(`${started} started, ${resynced} resynced, ${upToDate} up to date.`)
  if (started + resynced + failed === 0) print('Nothing to do.')
  if (failed > 0) print(`${failed} failed: see above, then run this command again.`)
  return failed === 0 ? 0 : 1
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

await runCommand(() => run(process.argv.slice(2), readConfig(process.env)))

/** Checks the whole ledger and prints every error. @returns the exit code: 1 when there are errors */
async function verifyLedger(config: Config, print: (line: string) => void): Promise<number> {
  const db = dbFor(config)
  try {
    const errors = await verify(db)
    for (const { account, what, where } of errors) print(`${account}: ${what} (${where})`)
    print(errors.length === 0 ? 'Ledger verified: no errors.' : `${errors.length} errors.`)
    return errors.length === 0 ? 0 : 1
  } finally {
    await db.end()
  }
}
