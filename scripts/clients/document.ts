export type Parameter = { in: string; name: string; required?: boolean }
export type Operation = { operationId: string; parameters?: Parameter[]; responses: Record<string, Response> }
type Response = { content?: Record<string, { schema?: { [keyword: string]: unknown } }> }
type PathItems = Record<string, Record<string, Operation>>
export type Document = { paths: PathItems; webhooks: PathItems; components: object }

/** The operations of a document, also those that products receive. */
export function operationsOf({ paths, webhooks }: Document): Operation[] {
  return [paths, webhooks].flatMap(items => Object.values(items)).flatMap(item => Object.values(item))
}

/** A copy without the errors: clients throw them, and they all have the type Problem. */
export function withoutErrors(document: Document): Document {
  const copy = structuredClone(document)
  for (const operation of operationsOf(copy)) {
    const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
    operation.responses = Object.fromEntries(successes)
  }
  return copy
}
