// npm run ops -- …: what operations ask for in a terminal. Works on DATABASE_URL and TEMPORAL_ADDRESS, else on what npm start runs.
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../platform/config.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { runProgram } from '../platform/run-command.ts'
import { showAttention } from './ops/attention.ts'
import { reconcile } from './ops/reconcile.ts'
import { withServers } from './ops/servers.ts'
import { showAccount } from './ops/show.ts'
import { verifyBook } from './ops/verify.ts'

const USAGE = `npm run ops -- attention                       everything that needs a person, and what to send
npm run ops -- show ACCOUNT [--product P]      how an account stands; --personal shows its addresses too
npm run ops -- verify                          checks every sum and every hash chain of the book
npm run ops -- reconcile [--dry-run]           after Temporal's data were lost or restored: its workflows follow the book again
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
          await showAttention(servers, readPolicies(config.policiesDir), say)
          return 0
        })
      case 'show':
        return withServers(config, async servers => {
          const products = productsOf(config, values.product)
          const { personal } = values
          return (await showAccount(servers, { account, products, personal, say })) > 0 ? 0 : 1
        })
      case 'verify':
        return verifyBook(config, say)
      case 'reconcile':
        return withServers(config, servers =>
          reconciled(reconcile(servers, { dryRun: values['dry-run'], say })),
        )
    }
  process.stderr.write(USAGE)
  return 2
}

function productsOf({ policiesDir }: Config, asked: string | undefined): string[] {
  const known = [...readPolicies(policiesDir).keys()]
  if (asked === undefined) return known
  if (known.includes(asked)) return [asked]
  throw new Error(`--product ${asked}: there is no such product, only ${known.join(', ')}.`)
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

await runProgram(() => run(process.argv.slice(2), readConfig(process.env)))
