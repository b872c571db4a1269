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

/** Schemas with a named type in the client; each may refer to those before it. */
const named = {
  Balance: shapes.balanceShape,
  Lot: shapes.lotShape,
  Entry: shapes.entryShape,
  Generation: shapes.generationShape,
  Membership: shapes.membershipShape,
  Pack: shapes.packShape,
  Purchase: shapes.purchaseShape,
}

/** Generates client/contract.ts: the types of every call. */
export function clientContract(): string {
  names.clear()
  const declarations = Object.entries(namedSchemas()).map(([name, schema]) => {
    const text = objectOf(schema, '')
    names.set(text, name)
    return `export type ${name} = ${text}`
  })
  const { paths } = openApiDocument(routes.map(({ alternateContent: _, ...route }) => route)) as OpenApi
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => callOf(`${method.toUpperCase()} ${path}`, operation)),
  )
  const codes = Object.keys(refusalTitles).map(code => `  | '${code}'`)
  return `// Generated from the OpenAPI document by \`npm run client\`; a test compares the two.

/** The code of an error response. */
export type ProblemCode =
${codes.join('\n')}

${declarations.join('\n\n')}

/** Every call of the API with its arguments and response. */
export type Calls = {
${calls.join('\n')}
}
`
}

/** Names of the types by their text. */
const names = new Map<string, string>()

/** The named schemas as the OpenAPI document has them. */
function namedSchemas(): Record<string, Schema> {
  const all = route('get /named', {
    scope: 'read',
    summary: '',
    responses: { 200: z.object(named) },
    handler: async () => ({}),
  })
  const { paths } = openApiDocument([all]) as OpenApi
  const schema = paths['/named']?.get?.responses['200']?.content?.['application/json']?.schema
  return schema?.properties ?? {}
}

function callOf(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const argumentsIn = (place: string) => {
    const found = parameters.filter(parameter => parameter.in === place)
    const properties = Object.fromEntries(found.map(({ name, schema }) => [name, schema]))
    const required = found.filter(({ required }) => required).map(({ name }) => name)
    return typeOf({ type: 'object', properties, required }, '    ')
  }
  const body = requestBody?.content['application/json']?.schema
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content }]) => content?.['application/json']?.schema)
    .map(schema => (schema ? typeOf(schema, '    ') : 'null'))
  return `  /** ${summary} */
  '${name}': {
    params: ${argumentsIn('path')}
    query: ${argumentsIn('query')}
    body: ${body ? typeOf(body, '    ') : 'undefined'}
    response: ${[...new Set(types)].join(' | ')}
  }`
}

const primitives: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  const union = schema.anyOf ?? schema.oneOf
  if (union) return [...new Set(union.map(member => typeOf(member, indent)))].join(' | ')
  if (schema.allOf) return schema.allOf.map(member => typeOf(member, indent)).join(' & ')
  const types = [schema.type ?? []].flat()
  if (types.length === 0) return 'unknown'
  return types.map(type => typeNamed(type, schema, indent)).join(' | ')
}

function typeNamed(type: string, schema: Schema, indent: string): string {
  if (type === 'array') return `Array<${schema.items ? typeOf(schema.items, indent) : 'unknown'}>`
  if (type === 'object') return names.get(objectOf(schema, '')) ?? objectOf(schema, indent)
  return primitives[type] ?? 'unknown'
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const deeper = `${indent}  `
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name)
    const isRequired = required.includes(name)
    return `${deeper}${key}${isRequired ? '' : '?'}: ${typeOf(schema, deeper)}${isRequired ? '' : ' | undefined'}`
  })
  const open = typeof additionalProperties === 'object' && additionalProperties
  if (fields.length === 0) return open ? `Record<string, ${typeOf(open, indent)}>` : 'Record<never, never>'
  return `{\n${fields.join('\n')}\n${indent}}`
}
