// npm run keys -- <product> <scope> <name>: creates an API key and prints its secret once.
import { createKey, type Scope, scopes } from '../db/accounts/api-keys.ts'
import { connectDb } from '../db/core/connect.ts'
import { readConfig } from '../platform/config.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { runCommand } from '../platform/run-command.ts'
import { findRunning } from './running.ts'

await runCommand(async () => {
  const [product = '', scope = '', ...words] = process.argv.slice(2)
  const config = readConfig(process.env)
  const products = [...readPolicies(config.policiesDir).keys()]
  const name = words.join(' ').trim()
  if (!products.includes(product) || !scopes.includes(scope as Scope) || name === '')
    throw new Error(`npm run keys -- PRODUCT SCOPE NAME
  PRODUCT  one of ${products.join(', ')}
  SCOPE    one of ${scopes.join(', ')}; each includes the scopes before it
  NAME     shown in usage and history`)
  const db = connectDb(config.databaseUrl ?? findRunning(config.dataDir).database_url, 1)
  try {
    const { id, key } = await createKey(db, product, { name, scope: scope as Scope })
    console.log(`${key}\nKey id: ${id}. The secret is not stored and cannot be shown again.`)
  } finally {
    await db.end()
  }
  return 0
})
