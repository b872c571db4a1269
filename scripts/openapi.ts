// npm run openapi -- FILE: writes the OpenAPI document that a server with this code serves at /openapi.json.
import { writeFileSync } from 'node:fs'
import { apiDocument } from '../api/docs/document.ts'

const [file] = process.argv.slice(2)
if (!file) throw new Error('Usage: npm run openapi -- FILE')
writeFileSync(file, `${JSON.stringify(apiDocument(), null, 2)}\n`)
