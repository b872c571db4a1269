import { readConfig } from '../config.ts'
import { migrate } from './migrate.ts'

const { databaseUrl } = readConfig(process.env)
if (!databaseUrl) throw new Error('DATABASE_URL is not set: it says which database to migrate.')
await migrate(databaseUrl)
console.log('The database has the schema of this version.')
