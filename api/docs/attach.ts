import { examples } from './examples/index.ts'

type Parameter = { name: string; in: string; example?: string }
type Described = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { example?: object }> }
}

/** Adds the first example of each operation to the OpenAPI document. */
export function withExamples<T extends { paths?: object }>(document: T): T {
  const paths = (document.paths ?? {}) as Record<string, Record<string, Described>>
  for (const { operation, params = {}, query = {}, body } of examples.toReversed()) {
    const [method = '', path = ''] = operation.split(' ')
    const described = paths[path]?.[method]
    for (const parameter of described?.parameters ?? []) {
      const value = parameter.in === 'path' ? params[parameter.name] : query[parameter.name]
      if (value !== undefined) parameter.example = value
    }
    const content = described?.requestBody?.content['application/json']
    if (content && body) content.example = body
  }
  return document
}
