// Imports a folder, then reports how long it took and how much memory: importer.ts DATABASE_URL POLICIES_DIR PRODUCT FOLDER
import { connectDb } from '../../db/core/connect.ts'
import { policyOf, readPolicies } from '../../platform/policy-store.ts'
import { importFolder } from '../../scripts/imports/import.ts'
import { untilParentDisconnects } from '../processes/child.ts'

/** What the parent gets. */
export type Imported = { seconds: number; peak_mb: number; rejected: number }

const [url = '', policiesDir = '', product = '', folder = ''] = process.argv.slice(2)
const db = connectDb(url, 4, { statementSeconds: 3_600 })
const started = performance.now()
const { rejected } = await importFolder(db, policyOf(readPolicies(policiesDir), product), folder, {
  apply: true,
  asOf: new Date(),
  reject: () => undefined,
  start: async () => undefined,
})
const imported: Imported = {
  seconds: (performance.now() - started) / 1_000,
  peak_mb: process.resourceUsage().maxRSS / 1_024,
  rejected,
}
await db.end()
await untilParentDisconnects(imported)
