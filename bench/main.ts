// npm run bench: what Lotkeeper does per second, beside the engines it stands on.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openBook } from '../ledger/connect.ts'
import { policyOf, readPolicies } from '../policy-files.ts'
import { checkConservation } from './conservation.ts'
import { ledgerRows } from './ledger/rows.ts'
import type { Row } from './rows.ts'
import { onServers, type Servers } from './servers.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
})
const plan = { seconds: Number(values.seconds), rounds: Number(values.rounds) }
const product = 'kvidai'

async function measure({ databaseUrl }: Servers): Promise<{ rows: Row[]; faults: string[] }> {
  const policy = policyOf(readPolicies(readConfig({}).policiesDir), product)
  const rows = await ledgerRows(databaseUrl, policy, plan)
  const book = openBook(databaseUrl, 1)
  try {
    return { rows, faults: await checkConservation(book) }
  } finally {
    await book.end()
  }
}

const { rows, faults } = await onServers(measure)
process.stdout.write(`${table(rows)}\n`)
for (const fault of faults) process.stdout.write(`${fault}\n`)
if (values.json) await writeFile(values.json, `${JSON.stringify({ rows, faults }, null, 2)}\n`)
process.exit(faults.length > 0 ? 1 : 0)
