// npm run client: writes client/contract.ts from the OpenAPI document.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { clientContract } from './client-contract.ts'

writeFileSync(path.resolve(import.meta.dirname, '../client/contract.ts'), clientContract())
