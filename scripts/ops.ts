// npm run ops: commands for operators. Uses DATABASE_URL and TEMPORAL_ADDRESS, else the servers of npm start.
import { parseArgs } from 'node:util'
import { verify } from '../db/ledger/verify.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { type Policies, readPolicies } from '../platform/policy-store.ts'
import { runCommand } from '../platform/run-command.ts'
import { printAttention, readAttention } from './ops/attention.ts'
import { printAccount } from './ops/print-account.ts'
import { reconcile } from './ops/reconcile.ts'
import { replicaFor, type Servers, withServers } from './ops/servers.ts'
import { readAccounts } from './ops/show.ts'
import { printViews, viewsOf } from './ops/views.ts'
import { findRunning } from './running.ts'
import { print, printJson } from './terminal.ts'

const USAGE = `npm run ops -- attention                       items that need a person, and how to resolve them
npm run ops -- show ACCOUNT [--product P]      shows an account; --personal includes its e-mail address
npm run ops -- views                           queries for saved views of the Temporal UI
npm run ops -- verify                          checks every sum and hash chain of the ledger
npm run ops -- reconcile [--dry-run]           brings workflows in line with the ledger after Temporal lost data
--json prints data for scripts
`

const options = {
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  personal: { type: 'boolean', default: false },
  product: { type: 'string' },
} as const

async function run(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const { json } = values
  const [command, account = '', ...more] = positionals
  if (more.length === 0 && (account !== '') === (command === 'show'))
    switch (command) {
      case 'attention':
        return withServers(config, async servers => {
          const items = await readAttention(servers, readPolicies(config.policiesDir))
          if (json) printJson(items)
          else printAttention(items, print)
          return 0
        })
      case 'show':
        return withServers(config, async servers => {
          const products = productsOf(config, values.product)
          const found = await readAccounts(servers, { account, products, personal: values.personal })
          if (json) printJson(found)
          else for (const each of found) printAccount(each, print)
          if (found.length === 0) process.stderr.write(`No account ${account} in ${products.join(', ')}.\n`)
          return found.length > 0 ? 0 : 1
        })
      case 'views':
        if (json) printJson(viewsOf(uiOf(config), config.temporalNamespace))
        else printViews(viewsOf(uiOf(config), config.temporalNamespace), print)
        return 0
      case 'verify':
        return verifyLedger(config, json)
      case 'reconcile':
        return withServers(config, servers =>
          reconcileWorkflows(servers, readPolicies(config.policiesDir), values['dry-run'], json),
        )
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

/** With `json` the single steps go to standard error. @returns the exit code: 1 when something failed */
async function reconcileWorkflows(
  servers: Servers,
  policies: Policies,
  dryRun: boolean,
  json: boolean,
): Promise<number> {
  const printStep = json ? (line: string) => void process.stderr.write(`${line}\n`) : print
  const counts = await reconcile({ ...servers, policies, now: () => new Date() }, { dryRun, print: printStep })
  const { upToDate, started, resynced, released, failed } = counts
  if (json) printJson({ started, resynced, released, up_to_date: upToDate, failed })
  else {
    print(`${started} started, ${resynced} resynced, ${released} released, ${upToDate} up to date.`)
    if (started + resynced + released + failed === 0) print('Nothing to do.')
    if (failed > 0) print(`${failed} failed: see above, then run this command again.`)
  }
  return failed === 0 ? 0 : 1
}

await runCommand(() => run(process.argv.slice(2), readConfig(process.env)))

/** Checks the whole ledger and prints every error. @returns the exit code: 1 when there are errors */
async function verifyLedger(config: Config, json: boolean): Promise<number> {
  const db = replicaFor(config)
  try {
    const errors = await verify(db)
    if (json) printJson(errors)
    else {
      for (const { account, what, where } of errors) print(`${account}: ${what} (${where})`)
      print(errors.length === 0 ? 'Ledger verified: no errors.' : `${errors.length} errors.`)
    }
    return errors.length === 0 ? 0 : 1
  } finally {
    await db.end()
  }
}
