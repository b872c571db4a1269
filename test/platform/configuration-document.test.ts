import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../support/root.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

it('docs/configuration.md lists each variable that config.ts reads, and no other', () => {
  const known = [...read('platform/config.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)
  const rows = [...read('docs/configuration.md').matchAll(/^\| (`.*?`) \|/gm)].map(([, names = '']) => names)
  const listed = rows.flatMap(names => [...names.matchAll(/`([A-Z_]+)(?:_<PRODUCT>)?`/g)].map(([, name]) => name))
  expect([...new Set(listed)].sort()).toEqual([...new Set([...known, 'STRIPE_WEBHOOK_SECRET'])].sort())
})
