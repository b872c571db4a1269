// npm run verify: checks the whole book against itself; exit code 1 when it contradicts itself anywhere.
import { readConfig } from '../config.ts'
import { openBook } from '../ledger/connect.ts'
import { verify } from '../ledger/verify.ts'
import { findRunning } from './running.ts'

const config = readConfig(process.env)
const book = openBook(config.databaseUrl ?? findRunning(config.dataDir).database_url, 1, {
  statementSeconds: 3600,
})
const contradictions = await verify(book)
await book.end()
for (const { account, what, where } of contradictions) console.log(`${account}: ${what} (${where})`)
console.log(contradictions.length === 0 ? 'The book is whole.' : `${contradictions.length} contradictions.`)
process.exitCode = contradictions.length === 0 ? 0 : 1
