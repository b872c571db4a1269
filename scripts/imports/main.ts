// npm run import: takes accounts, lots, memberships and codes over from another system (docs/import.md).
import { parseArgs } from 'node:util'
import { databaseTime } from '../../db/core/clock.ts'
import type { Db } from '../../db/core/command.ts'
import { writeBalances } from '../../db/imports/balances.ts'
import { findImportOf } from '../../db/imports/imports.ts'
import type { StartWorkflows } from '../../db/imports/memberships.ts'
import { accountsThatUsed, undoImport } from '../../db/imports/undo.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { instant } from '../../domain/shared/instant.ts'
import { parseRequest } from '../../domain/shared/parse.ts'
import { type Config, readConfig } from '../../platform/config.ts'
import { policyOf, readPolicies } from '../../platform/policy-store.ts'
import { runCommand } from '../../platform/run-command.ts'
import { dbFor, withServers } from '../ops/servers.ts'
import { print, printJson } from '../terminal.ts'
import { compareBalances, readBalances } from './compare.ts'
import { digestOf, importFiles } from './files.ts'
import { importFolder } from './import.ts'
import { printComparison, printKept, printReport } from './print.ts'
import { workflowEnder, workflowStarter } from './workflows.ts'

const USAGE = `npm run import -- --product P FOLDER             checks the files, and says what an import would make
npm run import -- --product P FOLDER --apply     imports them; repeat it after an interruption
npm run import -- --product P FOLDER --undo      undoes it, as long as nothing was spent
npm run import -- --product P --balances         prints balances by account, source and expiry, as CSV
npm run import -- --product P --compare A B      compares two files of balances or lots
--as-of TIME  when the old system was frozen; now if omitted
--json        prints data for scripts
`

const options = {
  product: { type: 'string' },
  'as-of': { type: 'string' },
  apply: { type: 'boolean', default: false },
  undo: { type: 'boolean', default: false },
  balances: { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

async function run(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const { product, apply, undo, balances, compare, json } = values
  const [first = '', second = ''] = positionals
  const modes = [apply, undo, balances, compare].filter(Boolean).length
  const paths = compare ? 2 : balances ? 0 : 1
  if (product === undefined || modes > 1 || positionals.length !== paths) {
    process.stderr.write(USAGE)
    return 2
  }
  const policy = policyOf(readPolicies(config.policiesDir), product)
  if (compare) return compareFiles(policy, first, second, json)
  if (balances) return withDb(config, db => writeBalances(db, product, process.stdout))
  if (undo) return undoFolder(config, product, first, json)
  return runImport(config, policy, first, { apply, asOf: values['as-of'], json })
}

/** Without `--apply` Temporal is not needed. @returns the exit code: 1 when a line is wrong */
function runImport(
  config: Config,
  policy: Policy,
  folder: string,
  { apply, asOf, json }: { apply: boolean; asOf: string | undefined; json: boolean },
): Promise<number> {
  const printLine = json ? (line: string) => void process.stderr.write(`${line}\n`) : print
  const work = async (db: Db, start: StartWorkflows) => {
    const outcome = await importFolder(db, policy, folder, {
      apply,
      asOf: asOf === undefined ? await databaseTime(db) : parseRequest(instant, asOf),
      reject: ({ file, line, reason }) => printLine(`${file}:${line}: ${reason}`),
      start,
      progress: lots => void (process.stderr.isTTY && process.stderr.write(`\r${lots} lots`)),
    })
    if (json) printJson(outcome)
    else printReport(outcome, print)
    return outcome.rejected === 0 ? 0 : 1
  }
  if (!apply) return withDb(config, db => work(db, async () => undefined))
  const deps = { policies: readPolicies(config.policiesDir), now: () => new Date() }
  return withServers(config, servers => work(servers.db, workflowStarter({ ...servers, ...deps }, printLine)))
}

/** @returns the exit code: 1 when something of the import stays */
function undoFolder(config: Config, product: string, folder: string, json: boolean): Promise<number> {
  return withServers(config, async servers => {
    const found = await findImportOf(servers.db, product, await digestOf(await importFiles(folder)))
    if (!found) throw new Error(`The files of ${folder} were not imported.`)
    const used = found.state === 'undoing' ? [] : await accountsThatUsed(servers.db, found)
    if (used.length > 0)
      throw new Error(`Credits of the import were spent or are held, so it cannot be undone: ${used.join(', ')}.`)
    const kept = await undoImport(servers.db, found, await databaseTime(servers.db), workflowEnder(servers))
    if (json) printJson({ import: found.import, state: 'undone', kept })
    else printKept(found.import, kept, print)
    return kept.accounts.length + kept.codes === 0 ? 0 : 1
  })
}

async function withDb(config: Config, work: (db: Db) => Promise<number>): Promise<number> {
  const db = dbFor(config)
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

async function compareFiles(policy: Policy, before: string, after: string, json: boolean): Promise<number> {
  const compared = compareBalances(await readBalances(policy, before), await readBalances(policy, after))
  if (json) printJson(compared)
  else printComparison(compared, print)
  return compared.differences.length === 0 ? 0 : 1
}

await runCommand(() => run(process.argv.slice(2), readConfig(process.env)))
