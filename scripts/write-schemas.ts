// npm run schemas: writes the JSON Schema of policy files for editors.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { policySchema } from '../domain/policy/policy.ts'

// YAML plug-ins of editors support draft 7 best.
const schema = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' })
const file = path.resolve(import.meta.dirname, '../policies/policy.schema.json')
writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
