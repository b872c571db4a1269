import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { routes } from '../../api/routes/index.ts'
import { readPolicies } from '../../platform/policy-store.ts'
import { root } from '../support/root.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const policies = readPolicies(path.join(root, 'policies'))
const clauses = new Set([...read('docs/clauses.md').matchAll(/^\| ([A-Z]{2}-\d\d) \|/gm)].map(([, id]) => id))
const known = new Set(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`))

type Row = { product: string; sentence: string; keptBy: string; scenarios: string[] }

/** The rows of the tables, each with the product of its heading. */
function rows(): Row[] {
  const sections = read('docs/promises.md').split(/^## /m).slice(1)
  return sections.flatMap(section => {
    const [product = '', ...lines] = section.split('\n')
    const cells = lines.filter(line => line.startsWith('| ')).map(line => line.slice(2, -2).split(' | '))
    return cells
      .slice(1)
      .map(([sentence = '', keptBy = '', tried = '']) => ({ product, sentence, keptBy, scenarios: tried.split(', ') }))
  })
}

/** What a row names and does not exist. */
function missing({ product, keptBy, scenarios }: Row): string[] {
  const ids = keptBy.match(/\b[A-Z]{2}-\d\d\b/g) ?? []
  const files = scenarios.map(name => `test/${name}.test.ts`)
  const found = files.filter(file => existsSync(path.join(root, file))).map(read)
  const quoted = [...keptBy.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  return [
    ...files.filter(file => !existsSync(path.join(root, file))),
    ...ids.filter(id => !clauses.has(id) || !found.some(text => text.includes(id))),
    ...(keptBy.match(/\b[a-z]+\/[\w./-]+\.\w+\b/g) ?? []).filter(file => !existsSync(path.join(root, file))),
    ...quoted.filter(name =>
      name.includes('/') ? !known.has(name) : valueAt(policies.get(product), name) === undefined,
    ),
  ]
}

function valueAt(value: unknown, name: string): unknown {
  return name.split('.').reduce<any>((found, key) => found?.[key], value)
}

test('docs/promises.md names clauses, files, calls and policy values that exist', () => {
  const all = rows()
  expect(new Set(all.map(({ product }) => product))).toEqual(new Set(policies.keys()))
  expect(all.length).toBeGreaterThan(100)
  expect(all.map(row => [row.sentence, missing(row)]).filter(([, names]) => names?.length)).toEqual([])
})
