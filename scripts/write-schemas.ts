// npm run schemas: writes the JSON Schema by which editors check a policy file while it is typed.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { policySchema } from '../domain/policy/policy.ts'

// Draft 7 is what the YAML plug-ins of editors know best.
const schema = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' })
const file = path.resolve(import.meta.dirname, '../policies/policy.schema.json')
writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
