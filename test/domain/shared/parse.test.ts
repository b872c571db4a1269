import { z } from 'zod'
import { parseRequest } from '../../../domain/shared/parse.ts'
import { Refused } from '../../../domain/shared/refusals.ts'

const schema = z.strictObject({
  outputs: z.int().min(1).max(5).default(1),
  name: z.string().min(1).max(3).default('a'),
  scope: z.enum(['read', 'manage']).default('read'),
  at: z.iso.datetime({ offset: true }).optional(),
  email: z.email().optional(),
  lots: z.array(z.string()).min(1).optional(),
  trial: z.boolean().optional(),
  who: z.union([z.literal('all'), z.strictObject({ plan: z.string() })]).optional(),
  id: z.string().regex(/^x/, 'must begin with x').optional(),
})

test.each<[sent: unknown, detail: string]>([
  [null, '(body): must be an object'],
  [{ outputs: 0 }, 'outputs: must be at least 1'],
  [{ outputs: 6 }, 'outputs: must be at most 5'],
  [{ outputs: 1.5 }, 'outputs: must be a whole number'],
  [{ outputs: '1' }, 'outputs: must be a number'],
  [{ name: '' }, 'name: must have at least 1 character'],
  [{ name: 'long' }, 'name: must have at most 3 characters'],
  [{ scope: 'root' }, 'scope: must be one of read, manage'],
  [{ at: 'noon' }, 'at: must be an ISO 8601 time with its offset, such as 2026-12-01T09:00:00Z'],
  [{ email: 'ada' }, 'email: must be an email address'],
  [{ lots: [] }, 'lots: must have at least 1 item'],
  [{ lots: 'x' }, 'lots: must be a list'],
  [{ trial: 'yes' }, 'trial: must be true or false'],
  [{ who: 'none' }, 'who: has none of the forms that this field may have; see /docs'],
  [{ id: 'a' }, 'id: must begin with x'],
  [{ outpust: 1, b: 2 }, 'outpust: is not a field of this call; b: is not a field of this call'],
])('%j is refused with what it must be', (sent, detail) => {
  const parse = () => parseRequest(schema, sent)
  expect(parse).toThrow(Refused)
  expect(parse).toThrow(detail)
})

test('a missing field is named', () => {
  expect(() => parseRequest(z.object({ pack: z.string() }), {})).toThrow('pack: is required')
})
