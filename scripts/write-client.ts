// npm run client: writes the generated part of clients/typescript and clients/python from the OpenAPI document.
// npm run client -- FILE: writes the TypeScript types to a file instead.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { apiDocument } from '../api/docs/document.ts'
import type { Document } from './clients/document.ts'
import { writePythonClient } from './clients/python.ts'
import { typesOf } from './clients/typescript.ts'

const root = path.resolve(import.meta.dirname, '..')
const [file] = process.argv.slice(2)
const document = apiDocument() as Document

writeFileSync(path.resolve(root, file ?? 'clients/typescript/src/api.ts'), await typesOf(document, root))
if (!file) writePythonClient(document, root)
