import { randomUUID } from 'node:crypto'
import { type Example, examples } from '../../api/docs/examples.ts'
import { type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper.stop())

/** What stands for an id in an example, with the id that it became. */
const became = new Map<string, string>()

function told<T>(value: T): T {
  let text = JSON.stringify(value ?? null)
  for (const [sample, id] of became) text = text.replaceAll(sample, id)
  return JSON.parse(text)
}

function at(body: any, field: string): string {
  return field.split('.').reduce((value, part) => value[part], body)
}

/** Which product can do what an example asks. */
const PRODUCTS = {
  'lifetime plans': 'branding',
  codes: 'myai',
  corrections: 'listing-studio',
  compensations: 'branding',
}

async function send(example: Example): Promise<{ status: number; body: any }> {
  const { operation, of, scope = 'admin', body } = example
  const product = of ? PRODUCTS[of] : 'kvidai'
  const [method = '', template = ''] = operation.split(' ')
  const params: Record<string, string> = told(example.params ?? {})
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => params[name] ?? `{${name}}`)
  const query = new URLSearchParams(told(example.query ?? {})).toString()
  const response = await fetch(`${lotkeeper.url}${path}${query && `?${query}`}`, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${lotkeeper.keys[product]?.[scope]}`,
      'idempotency-key': randomUUID(),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(told(body)) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null }
}

it('every operation of the document has an example', async () => {
  const document: any = await (await fetch(`${lotkeeper.url}/openapi.json`)).json()
  const operations = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  const known = new Set(examples.map(({ operation }) => operation))
  const own = operations.filter(operation => operation.includes(' /v1/'))
  expect(own.filter(operation => !known.has(operation))).toEqual([])
  expect([...known].filter(operation => !own.includes(operation))).toEqual([])
})

it('and they all work, in their order', async () => {
  for (const example of examples) {
    const { status, body } = await send(example)
    expect({ ...example, status, answer: body }).toMatchObject({ ...example, answer: body })
    for (const [sample, field] of Object.entries(example.keep ?? {})) became.set(sample, at(body, field))
  }
})
