import { unavailableDetail } from '../../api/http/problems.ts'
import { routes } from '../../api/routes/index.ts'

test('a 503 of a reservation alone says that nothing was held', () => {
  const saying = routes.filter(route => /nothing was/i.test(unavailableDetail(route)))
  expect(saying.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'post /v1/accounts/{account}/generations',
  ])
})

test.each(['complete', 'fail', 'cancel'])('a 503 of %s says that it may have taken effect', name => {
  const route = routes.find(({ path }) => path === `/v1/generations/{id}/${name}`)
  expect(unavailableDetail(route)).toMatch(/may have taken effect.*Send it again/)
})
