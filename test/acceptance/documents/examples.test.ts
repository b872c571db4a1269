import { examples } from '../../../api/docs/examples/index.ts'
import { runExamples } from '../../support/contract/examples.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper.stop())

it('every operation of the document has an example', async () => {
  const document: any = await (await fetch(`${lotkeeper.url}/openapi.json`)).json()
  const operations = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  const known = new Set(examples.map(({ operation }) => operation))
  const own = operations.filter(operation => operation.includes(' /v1/'))
  expect(own.filter(operation => !known.has(operation))).toEqual([])
  expect([...known].filter(operation => !own.includes(operation))).toEqual([])
})

it('all examples work, in their order', async () => {
  expect((await runExamples(lotkeeper)).length).toBe(examples.length)
})
