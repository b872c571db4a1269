import { openApiDocument } from '../api/http/openapi.ts'
import { routes } from '../api/routes/index.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  allOf?: Schema[]
}
type Content = Record<string, { schema: Schema }>
type Operation = {
  summary: string
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Generates client/contract.ts: the types of every call. */
export function clientContract(): string {
  const { paths, components } = openApiDocument(routes.map(({ alternateContent: _, ...route }) => route)) as OpenApi
  const declarations = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema, '')}`,
  )
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => callOf(`${method.toUpperCase()} ${path}`, operation)),
  )
  return `// Generated from the OpenAPI document by \`npm run client\`; a test compares the two.

/** The code of an error response. */
export type ProblemCode = Problem['code']

${declarations.join('\n\n')}

/** Every call of the API with its arguments and response. */
export type Calls = {
${calls.join('\n')}
}
`
}

function callOf(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const argumentsIn = (place: string) => {
    const found = parameters.filter(parameter => parameter.in === place)
    const properties = Object.fromEntries(found.map(({ name, schema }) => [name, schema]))
    const required = found.filter(({ required }) => required).map(({ name }) => name)
    return objectOf({ properties, required }, '    ')
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

function typeOf(schema: Schema, indent: string): string {
  const { $ref, anyOf, allOf, type = [] } = schema
  if ($ref) return $ref.replace(/.*\//, '')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  if (anyOf) return [...new Set(anyOf.map(member => typeOf(member, indent)))].join(' | ')
  if (allOf) return allOf.map(member => typeOf(member, indent)).join(' & ')
  const types = [type].flat().map(type => {
    if (type === 'array') return `Array<${typeOf(schema.items ?? {}, indent)}>`
    if (type === 'object') return objectOf(schema, indent)
    return type === 'integer' ? 'number' : type
  })
  return types.join(' | ') || 'unknown'
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
