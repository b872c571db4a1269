import { names } from './texts/names.ts'
import { objects } from './texts/objects.ts'

type Schema = Record<string, unknown> & {
  description?: string
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
}
type Content = Record<string, { schema?: Schema; example?: unknown }>
type Operation = {
  operationId: string
  parameters?: (Schema & { name: string; schema: Schema })[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
export type Document = {
  components?: { schemas?: Record<string, Schema> }
  paths?: Record<string, Record<string, Operation>>
}

/** A described thing of the document: where it stands, such as Balance.trials.limit, and its schema or parameter. */
type Field = { path: string[]; field: Schema }

/**
 * Adds the descriptions of `objects.ts` and `names.ts` to fields, parameters and objects that have none of their own. The
 * longest end of a path decides: `Balance.next_grant.at`, then `next_grant.at`, then `at`.
 */
export function describeFields<T extends Document>(document: T): T {
  for (const { path, field } of fieldsOf(document)) {
    const found = descriptionOf(path)
    if (found !== undefined && field.description === undefined) field.description = found
  }
  return document
}

function descriptionOf(path: string[]): string | undefined {
  const ends = path.map((_, index) => path.slice(index).join('.'))
  return ends.map(end => objects[end] ?? names[end]).find(text => text !== undefined)
}

/** Every named object, parameter and field of a document. References are listed with the object that they name. */
export function fieldsOf({ components = {}, paths = {} }: Document): Field[] {
  const named = Object.entries(components.schemas ?? {}).flatMap(([name, schema]) => [
    { path: [name], field: schema },
    ...fieldsIn(schema, [name]),
  ])
  const operations = Object.values(paths).flatMap(methods => Object.values(methods))
  return [...named, ...operations.flatMap(fieldsOfOperation)]
}

function fieldsOfOperation({ operationId, parameters = [], requestBody, responses }: Operation): Field[] {
  const bodies = [requestBody, ...Object.values(responses)].flatMap(body => Object.values(body?.content ?? {}))
  return [
    ...parameters.map(parameter => ({ path: [operationId, parameter.name], field: parameter })),
    ...bodies.flatMap(({ schema }) => (schema ? fieldsIn(schema, [operationId]) : [])),
  ]
}

function fieldsIn(schema: Schema, path: string[]): Field[] {
  const { properties = {}, items, additionalProperties } = schema
  const branches = ['anyOf', 'allOf', 'oneOf'].flatMap(key => (schema[key] as Schema[] | undefined) ?? [])
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [
      ...(field.$ref ? [] : [{ path: [...path, name], field }]),
      ...fieldsIn(field, [...path, name]),
    ]),
    ...branches.flatMap(branch => fieldsIn(branch, path)),
    ...(items ? fieldsIn(items, path) : []),
    ...(typeof additionalProperties === 'object' ? fieldsIn(additionalProperties, path) : []),
  ]
}
