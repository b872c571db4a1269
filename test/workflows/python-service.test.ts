// The Python service of examples/ drives generations by Temporal alone, as docs/temporal-contract.md says.
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Caller } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { pythonWithTemporal, runService } from '../support/servers/python.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

jest.setTimeout(420_000)

let lotkeeper: Lotkeeper
let kvidai: Caller
let folder: string
let python: string | null

beforeAll(async () => {
  ;[lotkeeper, python, folder] = await Promise.all([
    useSharedLotkeeper(),
    pythonWithTemporal(),
    mkdtemp(path.join(tmpdir(), 'lotkeeper-python-')),
  ])
  kvidai = lotkeeper.as('kvidai')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await lotkeeper.stop()
})

const account = randomUUID()

/** Runs a job of the Python service. Without Python's SDK only temporal-contract.test.ts tests the contract. */
const serve = (job: string, count: number) =>
  runService(python ?? '', [
    lotkeeper.temporalAddress,
    lotkeeper.taskQueue,
    'kvidai',
    account,
    job,
    String(count),
    folder,
  ])

it('the Python service reserves, draws and settles; a repeated job charges once; a refusal has its code', async () => {
  if (python === null) {
    console.warn(
      'Skipped: Python with temporalio is not available; temporal-contract.test.ts tests the contract with the CLI.',
    )
    return
  }
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 10, reason: 'test' })
  const job = randomUUID()
  expect(await serve(job, 3)).toMatchObject({ id: job, state: 'committed', spent: 6, api_key: 'python' })
  const files = await readdir(folder)
  expect(files.sort()).toEqual([0, 1, 2].map(index => `${job}-${index}.svg`))
  expect(await readFile(path.join(folder, files[0] ?? ''), 'utf8')).toMatch(/^<svg .*<circle/)

  expect(await serve(job, 3)).toMatchObject({ id: job, state: 'committed', spent: 6 })
  expect(await serve(randomUUID(), 3)).toMatchObject({
    code: 'insufficient_credits',
    required: 6,
    available: 4,
  })
  const { body } = await kvidai.get(`/v1/accounts/${account}/entries`)
  expect(body.data.map((entry: any) => `${entry.amount} ${entry.to}`)).toEqual(['6 spent', '6 held', '10 available'])
})
