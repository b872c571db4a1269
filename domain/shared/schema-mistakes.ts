import type { z } from 'zod'

export type Mistake = { path: string; message: string }

type Issue = z.core.$ZodRawIssue

/** The mistakes that a schema found, one for each path. Unknown fields are listed by their own path. */
export function mistakesIn(error: z.ZodError): Mistake[] {
  const mistakes = error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({ path: pathText([...issue.path, key]), message: 'is not a field of this call' }))
      : [{ path: pathText(issue.path), message: issue.message }],
  )
  return mistakes.filter(({ path }, index) => mistakes.findIndex(other => other.path === path) === index)
}

function pathText(path: PropertyKey[]): string {
  return path.join('.') || '(body)'
}

/** Names of the expected types, as they are called in JSON. */
const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const FORMATS: Record<string, string> = {
  datetime: 'an ISO 8601 time with its offset, such as 2026-12-01T09:00:00Z',
  email: 'an email address',
  url: 'a URL',
}

/** What a value must be, for schemas without a message of their own; undefined leaves it to zod. */
export function messageOf(issue: Issue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return 'is required'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? `a valid ${issue.format}`}`
    case 'too_small':
      return limitText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big':
      return limitText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'invalid_union':
      return 'has none of the forms that this field may have; see /docs'
    case 'invalid_key':
      return 'is not a possible name'
    default:
      return undefined
  }
}

function limitText(origin: string, comparison: string, limit: number | bigint): string {
  const unit = { string: 'character', array: 'item' }[origin]
  return unit ? `must have ${comparison} ${limit} ${unit}${limit === 1 ? '' : 's'}` : `must be ${comparison} ${limit}`
}
