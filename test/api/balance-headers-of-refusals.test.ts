import type { App } from '../../api/http/app.ts'
import { balanceHeadersForError } from '../../api/http/handle.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'

// Balance headers of a refusal without a database. The scenario of KV-04 tests them with one.

const caller: Caller = { product: 'kvidai', key_id: 'key_1', key_name: 'test', scope: 'generate' }

/** An API whose database is unreachable. It counts reads and keeps warnings. */
function appWithoutDatabase() {
  const counters = { reads: 0, warnings: [] as string[] }
  const query = async () => {
    counters.reads += 1
    throw new Error('the database is unreachable')
  }
  const warn = (_detail: object, message: string) => void counters.warnings.push(message)
  return { counters, app: { db: { query }, logger: { warn } } as unknown as App }
}

it.each<[code: Refusal['code'], asked: number]>([
  ['account_closed', 1],
  ['not_found', 1],
  ['too_many_requests', 0],
  ['temporarily_unavailable', 0],
])('%s reads an unreachable database %i times and gets no balance headers', async (code, asked) => {
  const { app, counters } = appWithoutDatabase()
  const refusal = new Refused({ code } as Refusal)
  expect(await balanceHeadersForError(refusal, app, caller, 'somebody')).toEqual({})
  expect(counters.reads).toBe(asked)
  expect(counters.warnings).toHaveLength(asked)
})

it('an error other than a refusal reads no balance', async () => {
  const { app, counters } = appWithoutDatabase()
  expect(await balanceHeadersForError(new Error('a mistake'), app, caller, 'somebody')).toEqual({})
  expect(counters.reads).toBe(0)
})
