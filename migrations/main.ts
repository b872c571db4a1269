import { databaseOf, readConfig } from '../platform/config.ts'
import { runCommand } from '../platform/run-command.ts'
import { migrate } from './migrate.ts'

await runCommand(async () => {
  await migrate(databaseOf(readConfig(process.env)))
  console.log('The database schema is up to date.')
  return 0
})
