// npm run keys -- <product> <scope> <name>: makes an API key and prints its secret, this once.
import { createKey, type Scope, scopes } from '../api/auth.ts'
import { readConfig } from '../config.ts'
import { openBook } from '../ledger/connect.ts'
import { readPolicies } from '../policy-files.ts'
import { findRunning } from './running.ts'

const [product = '', scope = '', ...words] = process.argv.slice(2)
const config = readConfig(process.env)
const products = [...readPolicies(config.policiesDir).keys()]
const name = words.join(' ').trim()
if (!products.includes(product) || !scopes.includes(scope as Scope) || name === '') {
  console.error(`npm run keys -- PRODUCT SCOPE NAME
  PRODUCT  one of ${products.join(', ')}
  SCOPE    one of ${scopes.join(', ')}; each includes the powers of those before it
  NAME     what the history calls whoever uses the key`)
  process.exit(1)
}
const book = openBook(config.databaseUrl ?? findRunning(config.dataDir).database_url, 1)
const { id, key } = await createKey(book, product, { name, scope: scope as Scope })
await book.end()
console.log(`${key}\nIts id is ${id}. The secret is not stored: keep it now.`)
