import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readPolicies } from '../../platform/policy-store.ts'
import { root } from '../support/root.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Clauses that are not implemented yet. */
const NOT_YET: string[] = []

const clauses = [...read('docs/clauses.md').matchAll(/^\| ([A-Z]{2}-\d\d) \|/gm)].map(([, id]) => id ?? '')

function scenarios(): Set<string> {
  const files = readdirSync(path.join(root, 'test/acceptance'), { recursive: true, encoding: 'utf8' })
  const texts = files.filter(file => file.endsWith('.test.ts')).map(file => read(`test/acceptance/${file}`))
  return new Set(texts.flatMap(text => [...text.matchAll(/['"`]([A-Z]{2}-\d\d)\b/g)].map(([, id]) => id ?? '')))
}

test('every clause has a scenario with its id', () => {
  expect(clauses.length).toBeGreaterThan(70)
  const named = scenarios()
  expect(clauses.filter(id => !named.has(id))).toEqual(NOT_YET)
})

test('no product is named in the code', () => {
  const products = [...readPolicies(path.join(root, 'policies')).keys()]
  const names = products.flatMap(product => [product, product.replaceAll('-', '_'), product.replaceAll('-', '')])
  const named = new RegExp(`\\b(${names.join('|')})\\b`, 'i')
  const folders = ['domain', 'db', 'workflows', 'activities', 'api', 'payments', 'worker']
  const files = folders.flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => `${folder}/${file}`),
  )
  expect(files.filter(file => named.test(read(file)))).toEqual([])
})
