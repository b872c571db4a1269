// npm run console -- [NAME] [ROLE] [PRODUCT]: prints a link that signs a person in to the console of npm start; it works once.
import { type Scope, scopes } from '../db/accounts/api-keys.ts'
import { startConsoleSession } from '../db/console/sessions.ts'
import { connectDb } from '../db/core/connect.ts'
import { deriveId } from '../domain/shared/derive-id.ts'
import { readConfig } from '../platform/config.ts'
import { runCommand } from '../platform/run-command.ts'
import { findRunning } from './running.ts'

await runCommand(async () => {
  const [name = 'developer', role = 'admin', product = '*'] = process.argv.slice(2)
  if (!scopes.includes(role as Scope)) throw new Error(`npm run console -- [NAME] [read|support|admin] [PRODUCT]`)
  const running = findRunning(readConfig(process.env).dataDir)
  const db = connectDb(running.database_url, 1)
  try {
    const person = { id: deriveId('person', 'development', name), name, email: null }
    const secret = await startConsoleSession(db, { person, roles: { [product]: role as Scope } }, new Date(), 'link')
    console.log(`${running.api}/console?session=${secret}`)
  } finally {
    await db.end()
  }
  return 0
})
