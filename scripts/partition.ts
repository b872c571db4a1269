// npm run partition -- 8: splits the book at DATABASE_URL by account into so many partitions, while nothing runs on it.
import { readConfig } from '../config.ts'
import { partition } from '../migrations/partition.ts'

const partitions = Number(process.argv[2])
const { databaseUrl } = readConfig(process.env)
if (!databaseUrl) throw new Error('DATABASE_URL is not set: it says which database keeps the book.')
if (!Number.isInteger(partitions) || partitions < 2 || partitions > 1024)
  throw new Error('Say how many partitions, from 2 to 1024: npm run partition -- 8')
const tables = await partition(databaseUrl, partitions)
console.log(
  tables.length === 0 ? 'Every table is partitioned already.' : `Partitioned: ${tables.join(', ')}.`,
)
