import { problemOf, unavailableDetail } from '../../api/http/problems.ts'
import { routes } from '../../api/routes/index.ts'

test('only the 503 of a reservation says that nothing was held', () => {
  const matching = routes.filter(route => /nothing was/i.test(unavailableDetail(route)))
  expect(matching.map(({ method, path }) => `${method} ${path}`)).toEqual(['post /v1/accounts/{account}/generations'])
})

test.each(['complete', 'fail', 'cancel'])('a 503 of %s says that it may have taken effect', name => {
  const route = routes.find(({ path }) => path === `/v1/generations/{id}/${name}`)
  expect(unavailableDetail(route)).toMatch(/may have taken effect.*Send it again/)
})

test.each<[frozen: number, detail: string]>([
  [0, 'Costs 200 credits; 14 are available.'],
  [50, 'Costs 200 credits; 14 are available. 50 more are frozen until the account is a member again.'],
])('with %i frozen credits the detail of a 402 states cost, available and frozen credits', (frozen, detail) => {
  expect(problemOf({ code: 'insufficient_credits', required: 200, available: 14, frozen })).toMatchObject({
    detail,
    required: 200,
  })
})

test('a refusal with a detail of its own keeps it', () => {
  const refusal = {
    code: 'insufficient_credits',
    required: 1,
    available: 0,
    frozen: 0,
    detail: 'own',
  } as const
  expect(problemOf(refusal).detail).toBe('own')
})
