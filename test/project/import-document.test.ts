import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { importRecords } from '../../domain/imports/records.ts'
import { root } from '../support/root.ts'

const text = readFileSync(path.join(root, 'docs/import.md'), 'utf8')

const schemas: [string, z.ZodObject][] = Object.entries(importRecords)

test.each(schemas)('docs/import.md has the fields of %s', (kind, { shape }) => {
  const rows = Object.entries(shape).map(([name, field]) => {
    const schema = field as z.ZodType
    const required = schema.safeParse(undefined).success ? '' : '*'
    return `| \`${name}\`${required} | ${schema.description} |`
  })
  expect(text).toContain(`### ${kind}\n\n| field | |\n|---|---|\n${rows.join('\n')}\n`)
})
