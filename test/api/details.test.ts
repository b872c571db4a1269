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

test.each<[required: number, available: number, frozen: number, detail: string]>([
  [200, 14, 0, 'Costs 200 credits; 14 are available.'],
  [200, 14, 50, 'Costs 200 credits; 14 are available. 50 more are frozen until the account is a member again.'],
  [2, 1, 1, 'Costs 2 credits; 1 is available. 1 more is frozen until the account is a member again.'],
  [1, 0, 0, 'Costs 1 credit; 0 are available.'],
])(
  'the detail of a 402 states cost, available and frozen credits: %i, %i, %i',
  (required, available, frozen, detail) => {
    expect(problemOf({ code: 'insufficient_credits', required, available, frozen })).toMatchObject({ detail, required })
  },
)

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
