import { type Document, operationsOf, withoutErrors } from './document.ts'

type Schema = { [keyword: string]: unknown }

/** The document from which clients/python is generated, so that openapi-python-client writes simple types. */
export function pythonDocument(document: Document): Document {
  const copy = withoutErrors(document)
  const paths = Object.entries(copy.paths).filter(([path]) => path.startsWith('/v1/'))
  copy.paths = Object.fromEntries(paths)
  for (const operation of operationsOf(copy)) {
    // Exports are for people: a list is read page by page.
    operation.parameters = operation.parameters?.filter(({ name }) => name !== 'format') ?? []
    // The client chooses an Idempotency-Key where the caller has none.
    for (const parameter of operation.parameters) if (parameter.in === 'header') parameter.required = false
    for (const { content = {} } of Object.values(operation.responses)) onlyObjects(content)
  }
  // Products receive webhooks: their schemas, which are components, become Python.
  return { ...(simplified(copy) as Document), webhooks: {} }
}

function onlyObjects(content: Record<string, { schema?: Schema }>): void {
  for (const type of Object.keys(content)) if (type !== 'application/json') delete content[type]
  const json = content['application/json']
  const alternatives = json?.schema?.anyOf
  const object = Array.isArray(alternatives) && alternatives.find(({ type }) => type === 'object')
  if (json && object) json.schema = object
}

function simplified(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map(each => simplified(each, name))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'example' && key !== 'examples')
  return withNames(Object.fromEntries(entries.map(([key, each]) => [key, simplified(each, key)])), name)
}

/** Names the object that a field is if it is not null: without a title, Python's names would have numbers. Writes one value as a constant. */
function withNames(schema: Schema, name: string): Schema {
  const { enum: values, type, description, ...rest } = schema
  const isNullable = Array.isArray(type) && type.includes('null')
  if (isNullable && (values || type.includes('object'))) {
    const own = { ...rest, title: name, type: type.find(each => each !== 'null') }
    const some = Array.isArray(values) ? { enum: values.filter(value => value !== null) } : {}
    return { ...(description ? { description } : {}), anyOf: [{ ...own, ...some }, { type: 'null' }] }
  }
  if (!Array.isArray(values) || values.length !== 1) return schema
  return { ...rest, type, ...(description ? { description } : {}), const: values[0] }
}
