import type { ExampleRequest } from './examples.ts'

type Schema = Record<string, any>

/** Raw text in a body that JSON.stringify would never write. */
class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const long = (length: number) => 'x'.repeat(length)
const deep = (levels: number) => new Raw('['.repeat(levels) + ']'.repeat(levels))

const texts = [
  '',
  ' ',
  'x',
  '0',
  '-1',
  'null',
  'NaN',
  'Infinity',
  '1e400',
  'a\0b',
  '\ud800',
  'a\r\nSet-Cookie: a=b\r\n\r\n<html>',
  '<script>alert(1)</script>',
  `=HYPERLINK("http://evil.example","x")`,
  '@SUM(1+1)*cmd|calc',
  "'; drop table accounts; --",
  "x' or '1'='1",
  '$1::text',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'http://169.254.169.254/latest/meta-data/',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attacker's, not ours
  '${7*7}{{7*7}}%s%n%x',
  '\u202egnp.exe',
  '👩‍👩‍👧‍👦'.repeat(8),
  'ﬀ\u0301\u0301\u0301',
  'ada@example.com\nbcc: x@example.com',
  '0000-00-00T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '1969-12-31T23:59:59+14:00',
  'P99999D',
  'P0D',
  long(513),
  long(20_000),
  long(300_000),
]

const numbers = [0, -0, -1, 1, 0.5, 1e-7, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, 1e21, 1e308]
const unwritable = ['NaN', 'Infinity', '-Infinity', '1e999', '0x10', '01', '9'.repeat(400), 'undefined'].map(
  text => new Raw(text),
)
const others: unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  [null],
  ['x'],
  Array.from({ length: 20_000 }, () => 0),
  { a: 1 },
  new Raw('{"__proto__":{"admin":true}}'),
  { constructor: { prototype: { admin: true } } },
  { $ne: null },
  { toString: 'x' },
  deep(100),
  deep(5_000),
]

const values: unknown[] = [...texts, ...numbers, ...unwritable, ...others]

/** Bodies that are not JSON, as raw text. */
const bodies = [
  '',
  'null',
  '0',
  'true',
  '"x"',
  '[]',
  '[{}]',
  '{',
  '{"a":1',
  '{"a":1}}',
  "{'a':1}",
  '{"a":NaN}',
  '\ufeff{}',
  '\0',
  '<xml/>',
  'a=b',
  '{"__proto__":{"scope":"admin"}}',
  '{"constructor":{"prototype":{"scope":"admin"}}}',
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `{${Array.from({ length: 30_000 }, (_, i) => `"${i}":0`).join()}}`,
  `"${long(300_000)}"`,
]

const parameters = [
  ...texts.slice(1, -1).map(encodeURIComponentLoosely),
  '%',
  '%00',
  '%ff',
  '%c0%af',
  '..%2f..%2fadmin',
  '%0d%0aSet-Cookie:%20a=b',
  '%F0%9F%92%B3',
  ':account',
  '{account}',
]

const headers: Record<string, string>[] = [
  ...['', ' ', 'a b', long(256), long(8_000), '\u00ff', 'a,b', '../x', "'--"].map(key => ({
    'idempotency-key': key,
  })),
  ...[
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/json; charset=utf-16',
    'application/json; charset=klingon',
    'x',
    '',
  ].map(type => ({ 'content-type': type })),
  ...['gzip', 'deflate', 'br', 'zstd', 'x'].map(encoding => ({ 'content-encoding': encoding })),
  ...['text/html', '*/*;q=0', 'x', long(4_000)].map(accept => ({ accept })),
  { 'x-request-id': '<script>' },
  { 'x-request-id': long(1_000) },
  { 'x-forwarded-for': '127.0.0.1, 10.0.0.1' },
  { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-original-url': '/v1/keys', 'x-rewrite-url': '/v1/keys' },
  { 'if-none-match': '*', range: 'bytes=0-1' },
  { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' },
]

/** A hostile request. */
export type Hostile = {
  description: string
  request: Omit<ExampleRequest, 'body'> & { body?: unknown }
  headers?: Record<string, string>
}

/** Every hostile form of a valid request: body by its schema, parameters, headers. */
export function hostileForms(request: ExampleRequest, schema: Schema | null): Hostile[] {
  return [
    ...(schema ? hostileFields(request, schema) : []),
    ...(request.operation.startsWith('get')
      ? []
      : bodies.map(body => ({ description: `body ${body.slice(0, 40)}`, request: { ...request, body } }))),
    ...hostileParameters(request),
    ...headers.map(each => ({ description: `header ${JSON.stringify(each).slice(0, 60)}`, request, headers: each })),
  ]
}

/** @param queries names of the operation's query parameters */
export function hostileQueries(request: ExampleRequest, queries: string[]): Hostile[] {
  const forms = queries.flatMap(name =>
    texts.slice(0, -1).map(text => ({
      description: `?${name}=${text.slice(0, 40)}`,
      request: { ...request, query: { ...request.query, [name]: text } },
    })),
  )
  const oddParameters = queries.flatMap(name => [`${name}[]`, `${name}[a]`, `${name}.a`, '__proto__[a]', '__proto__'])
  return [
    ...forms.filter(({ request }) => Object.values(request.query).every(text => text.isWellFormed())),
    ...oddParameters.map(name => ({
      description: `?${name}`,
      request: { ...request, query: { ...request.query, [name]: 'x' } },
    })),
  ]
}

function hostileParameters(request: ExampleRequest): Hostile[] {
  return Object.keys(request.params).flatMap(name =>
    parameters.map(value => ({
      description: `{${name}} ${value.slice(0, 40)}`,
      request: { ...request, params: { ...request.params, [name]: value } },
    })),
  )
}

function hostileFields(request: ExampleRequest, schema: Schema): Hostile[] {
  const field = (path: string[], value: unknown) => ({
    description: `${path.join('.')}: ${describeValue(value)}`,
    request: { ...request, body: renderBody(request.body ?? {}, path, value) },
  })
  const mutated = pathsIn(schema).flatMap(path => values.map(value => field(path, value)))
  const oddNames = ['__proto__', 'constructor', '', 'a.b', '\0', 'scope', 'product', 'account_key']
  return [...mutated, ...oddNames.map(name => field([name], 'x'))]
}

/** Paths of all values in a schema, of every branch. */
function pathsIn(schema: Schema, at: string[] = [], depth = 0): string[][] {
  if (depth > 4) return []
  const children = [
    ...Object.entries<Schema>(schema.properties ?? {}).map(([name, inner]) => [name, inner] as const),
    ...(schema.items ? [['0', schema.items] as const] : []),
    ...(typeof schema.additionalProperties === 'object' ? [['any', schema.additionalProperties] as const] : []),
  ]
  const own = at.length > 0 ? [at] : []
  const branches = (schema.anyOf ?? []).flatMap((branch: Schema) => pathsIn(branch, at, depth).slice(own.length))
  return [...own, ...children.flatMap(([name, inner]) => pathsIn(inner, [...at, name], depth + 1)), ...branches]
}

/** The body as JSON, with one value replaced. */
function renderBody(body: object, path: string[], value: unknown): string {
  const placeholder = '\u0001here\u0001'
  const text = JSON.stringify(replaceAt(body, path, placeholder))
  return text.replace(JSON.stringify(placeholder), () => (value instanceof Raw ? value.text : withRaw(value)))
}

function withRaw(value: unknown): string {
  // A lone surrogate is written as it is escaped; JSON.stringify does so by itself.
  return JSON.stringify(value) ?? 'null'
}

function replaceAt(target: unknown, [name = '', ...rest]: string[], value: unknown): unknown {
  const inner = rest.length === 0 ? value : replaceAt((target as Schema | undefined)?.[name], rest, value)
  if (/^\d+$/.test(name)) return [inner]
  const own = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {}
  return Object.fromEntries([...Object.entries(own).filter(([key]) => key !== name), [name, inner]])
}

function describeValue(value: unknown): string {
  return (value instanceof Raw ? value.text : (JSON.stringify(value) ?? 'undefined')).slice(0, 40)
}

function encodeURIComponentLoosely(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E')
}
