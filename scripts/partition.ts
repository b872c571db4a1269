// npm run partition -- 8: splits the book at DATABASE_URL by account into so many partitions, while nothing runs on it.

import { partition } from '../migrations/partition.ts'
import { databaseOf, readConfig } from '../platform/config.ts'
import { runProgram } from '../platform/run-command.ts'

await runProgram(async () => {
  const partitions = Number(process.argv[2])
  const database = databaseOf(readConfig(process.env))
  if (!Number.isInteger(partitions) || partitions < 2 || partitions > 1024)
    throw new Error('Say how many partitions, from 2 to 1024: npm run partition -- 8')
  const tables = await partition(database, partitions)
  console.log(
    tables.length === 0 ? 'Every table is partitioned already.' : `Partitioned: ${tables.join(', ')}.`,
  )
  return 0
})
