import type { App } from '../../api/http/app.ts'
import { balanceHeadersForError } from '../../api/http/handle.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'

// Balance headers of a refusal where the database is unreachable or not read. KV-04 tests them otherwise.

const caller: Caller = { product: 'kvidai', key_id: 'key_1', key_name: 'test', scope: 'generate' }

/** An API without a database, which counts reads and keeps log lines. */
function appWithoutBook() {
  const seen = { asked: 0, warnings: [] as string[] }
  const query = async () => {
    seen.asked += 1
    throw new Error('the book is away')
  }
  const warn = (_detail: object, words: string) => void seen.warnings.push(words)
  return { seen, app: { db: { query }, logger: { warn } } as unknown as App }
}

it.each<[code: Refusal['code'], asked: number]>([
  ['account_closed', 1],
  ['not_found', 1],
  ['too_many_requests', 0],
  ['temporarily_unavailable', 0],
])('%s reads an unreachable database %i times, and stays the same error', async (code, asked) => {
  const { app, seen } = appWithoutBook()
  const refused = new Refused({ code } as Refusal)
  expect(await balanceHeadersForError(refused, app, caller, 'somebody')).toEqual({})
  expect(seen.asked).toBe(asked)
  expect(seen.warnings).toHaveLength(asked)
})

it('an error that is no refusal reads no balance', async () => {
  const { app, seen } = appWithoutBook()
  expect(await balanceHeadersForError(new Error('a mistake'), app, caller, 'somebody')).toEqual({})
  expect(seen.asked).toBe(0)
})
