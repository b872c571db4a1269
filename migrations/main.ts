import { databaseOf, readConfig } from '../platform/config.ts'
import { runProgram } from '../platform/run-command.ts'
import { migrate } from './migrate.ts'

await runProgram(async () => {
  await migrate(databaseOf(readConfig(process.env)))
  console.log('The database schema is up to date.')
  return 0
})
