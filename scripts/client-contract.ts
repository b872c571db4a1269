import { z } from 'zod'
import { openApiDocument } from '../api/http/openapi.ts'
import { route } from '../api/http/route.ts'
import * as shapes from '../api/http/shapes.ts'
import { routes } from '../api/routes/index.ts'
import { refusalTitles } from '../domain/shared/refusals.ts'

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Content = Record<string, { schema: Schema }>
type Operation = {
  summary: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}

type OpenApi = { paths: Record<string, Record<string, Operation>> }

/** What has a name of its own in the client; each may speak of those before it. */
const named = {
  Balance: shapes.balanceShape,
  Lot: shapes.lotShape,
  Entry: shapes.entryShape,
  Generation: shapes.generationShape,
  Membership: shapes.membershipShape,
  Pack: shapes.packShape,
  Purchase: shapes.purchaseShape,
}

/** The types of every call, as TypeScript: the text of client/contract.ts. */
export function clientContract(): string {
  names.clear()
  const declarations = Object.entries(namedSchemas()).map(([name, schema]) => {
    const text = objectOf(schema, '')
    names.set(text, name)
    return `export type ${name} = ${text}`
  })
  const { paths } = openApiDocument(routes.map(({ alternateContent: _, ...route }) => route)) as OpenApi
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      callOf(`${method.toUpperCase()} ${path}`, operation),
    ),
  )
  const codes = Object.keys(refusalTitles).map(code => `  | '${code}'`)
  return `// Written by \`npm run client\` from the OpenAPI document; a test compares the two.

/** Why a call is refused. */
export type ProblemCode =
${codes.join('\n')}

${declarations.join('\n\n')}

/** Every call of the API with what it takes and what it answers. */
export type Calls = {
${calls.join('\n')}
}
`
}

/** The names of the types that have one, by their text. */
const names = new Map<string, string>()

/** Their schemas as they stand in the document. */
function namedSchemas(): Record<string, Schema> {
  const answer = z.object(named)
  const all = route({
    method: 'get',
    path: '/named',
    scope: 'read',
    summary: '',
    responses: { 200: answer },
    handler: async () => ({}),
  })
  const { paths } = openApiDocument([all]) as OpenApi
  const schema = paths['/named']?.get?.responses['200']?.content?.['application/json']?.schema
  return schema?.properties ?? {}
}

function callOf(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const placed = (place: string) => {
    const found = parameters.filter(parameter => parameter.in === place)
    const properties = Object.fromEntries(found.map(({ name, schema }) => [name, schema]))
    const required = found.filter(({ required }) => required).map(({ name }) => name)
    return typeOf({ type: 'object', properties, required }, '    ')
  }
  const body = requestBody?.content['application/json']?.schema
  const answers = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content }]) => content?.['application/json']?.schema)
    .map(schema => (schema ? typeOf(schema, '    ') : 'null'))
  return `  /** ${summary} */
  '${name}': {
    params: ${placed('path')}
    query: ${placed('query')}
    body: ${body ? typeOf(body, '    ') : 'undefined'}
    answer: ${[...new Set(answers)].join(' | ')}
  }`
}

const simple: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return [...new Set(either.map(each => typeOf(each, indent)))].join(' | ')
  if (schema.allOf) return schema.allOf.map(each => typeOf(each, indent)).join(' & ')
  const types = [schema.type ?? []].flat()
  if (types.length === 0) return 'unknown'
  return types.map(type => typeNamed(type, schema, indent)).join(' | ')
}

function typeNamed(type: string, schema: Schema, indent: string): string {
  if (type === 'array') return `Array<${schema.items ? typeOf(schema.items, indent) : 'unknown'}>`
  if (type === 'object') return names.get(objectOf(schema, '')) ?? objectOf(schema, indent)
  return simple[type] ?? 'unknown'
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const deeper = `${indent}  `
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name)
    const given = required.includes(name)
    return `${deeper}${key}${given ? '' : '?'}: ${typeOf(schema, deeper)}${given ? '' : ' | undefined'}`
  })
  const open = typeof additionalProperties === 'object' && additionalProperties
  if (fields.length === 0) return open ? `Record<string, ${typeOf(open, indent)}>` : 'Record<never, never>'
  return `{\n${fields.join('\n')}\n${indent}}`
}
