import { statuses } from '../../../api/http/problems.ts'
import { routes } from '../../../api/routes/index.ts'
import type { Answer } from '../clients/caller.ts'
import { undocumentedCode } from './error-codes.ts'
import type { Operation } from './operations.ts'

/** How an answer violates the contract, or null. All servers are running, so 5xx is a violation. */
export function violationOf(answer: Answer, operation: Operation): string | null {
  const { status, headers, body } = answer
  const { name } = operation
  if (!headers.get('x-request-id')) return `${status} without a request id`
  if (status < 400) return successViolation(answer, operation)
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return `${status} has no problem document`
  if (statuses[body.code as keyof typeof statuses] !== status) return `${status} with code ${body.code}`
  const undocumented = undocumentedCode(name, body.code)
  if (undocumented) return undocumented
  if (status >= 500) return `a server error: ${body.code}`
  // detail, errors and param may repeat input; the other fields must not.
  const own = JSON.stringify({ ...body, detail: '', errors: [], param: '' })
  if (/node_modules|\bat \S+ \(|\.ts:\d+|\bselect\b/i.test(own)) return `reveals internals: ${own}`
  if (!['type', 'title', 'request_id'].every(field => typeof body[field] === 'string'))
    return 'the problem document is incomplete'
  return null
}

function successViolation({ status, headers, body }: Answer, { name, successes }: Operation): string | null {
  if (!successes.includes(status)) return `${status} is not documented`
  const [method, path] = name.split(' ')
  const shape = routes.find(route => route.method === method && route.path === path)?.responses[status]
  if (!shape || !headers.get('content-type')?.startsWith('application/json')) return null
  const read = shape.safeParse(body)
  if (read.success) return null
  const places = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  return `not as documented: ${places.join('; ')}`
}
