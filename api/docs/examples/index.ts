import type { Route } from '../../http/route.ts'
import { accountExamples, keyExamples, webhookExamples } from './accounts.ts'
import { answers } from './answers.ts'
import { codeSamples } from './code-samples.ts'
import type { Example } from './example.ts'
import { defectExamples, generationExamples } from './generations.ts'
import { membershipExamples } from './memberships.ts'
import { codeExamples, purchaseExamples } from './purchases.ts'
import { supportExamples } from './support.ts'

/** At least one working request for every operation, in an order in which they succeed. */
export const examples: Example[] = [
  ...accountExamples,
  ...generationExamples,
  ...membershipExamples,
  ...purchaseExamples,
  ...codeExamples.map(example => ({ ...example, of: 'codes' as const })),
  ...defectExamples.map(example => ({ ...example, of: 'corrections' as const })),
  ...supportExamples,
  ...keyExamples,
  ...webhookExamples,
].map(example => ({ ...example, params: paramsOf(example) }))

function paramsOf({ operation, params }: Example): Record<string, string> {
  return { ...(operation.includes('{account}') && { account: 'ada' }), ...params }
}

type Parameter = { name: string; in: string; schema: { type?: unknown }; example?: unknown }
type Content = Record<string, { example?: unknown }>
type Described = {
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses?: Record<string, { content?: Content }>
  'x-codeSamples'?: object[]
}

/** Adds the first example of each operation to the OpenAPI document, with its answer and its code. */
export function withExamples<T extends { paths?: object }>(document: T, routes: Route[]): T {
  const paths = (document.paths ?? {}) as Record<string, Record<string, Described>>
  for (const { operation, params = {}, query = {}, body } of examples.toReversed()) {
    const [method = '', path = ''] = operation.split(' ')
    const described = paths[path]?.[method]
    for (const parameter of described?.parameters ?? []) {
      const value = parameter.in === 'path' ? params[parameter.name] : query[parameter.name]
      if (value !== undefined) parameter.example = parameter.schema.type === 'integer' ? Number(value) : value
    }
    const content = described?.requestBody?.content['application/json']
    if (content && body) content.example = body
    if (described) {
      const { parameters = [] } = described
      described['x-codeSamples'] = codeSamples({ method, path, parameters, body: content && body })
    }
  }
  for (const { method, path, responses } of routes) {
    const { status = 0, body } = answers[`${method} ${path}`] ?? {}
    const content = paths[path]?.[method]?.responses?.[status]?.content?.['application/json']
    // An answer of before a change of its shape is left out.
    if (content && responses[status]?.safeParse(body).success) content.example = body
  }
  return document
}
