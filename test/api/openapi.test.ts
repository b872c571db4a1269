import { tagOf } from '../../api/docs/tags.ts'
import { routes } from '../../api/routes/index.ts'

const all = routes.map(route => ({ ...route, name: `${route.method} ${route.path}` }))

/** A list answers a page: {data, next_cursor}. */
const isList = ({ responses }: (typeof all)[number]) => {
  const { shape } = (responses[200] ?? {}) as { shape?: object }
  return shape !== undefined && 'next_cursor' in shape
}

test('every operation has an operationId: a verb and what it acts on, such as reserveGeneration', () => {
  expect(all.filter(({ operationId }) => !/^[a-z]+([A-Z][a-z]*)+$/.test(operationId ?? '')).map(named)).toEqual([])
})

test('the operationIds of lists begin with list, those of other reads with get', () => {
  const reads = all.filter(({ method }) => method === 'get')
  const wrong = reads.filter(route => !route.operationId.startsWith(isList(route) ? 'list' : 'get'))
  expect(wrong.map(named)).toEqual([])
})

test('operationIds are unique', () => {
  const ids = all.map(({ operationId }) => operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('the resource of every operation is listed by a tag of api/docs/tags.ts', () => {
  expect(all.filter(({ path }) => tagOf(path) === undefined).map(({ name }) => name)).toEqual([])
})

function named({ name, operationId }: (typeof all)[number]): string {
  return `${name}: ${operationId}`
}
