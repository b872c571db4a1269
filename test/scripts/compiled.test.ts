import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../scripts/servers/ports.ts'
import { caller } from '../support/clients/caller.ts'
import { whileUnavailable } from '../support/clients/retries.ts'
import { root } from '../support/root.ts'
import { createDatabase, environment, type TestDatabase, temporalAddress } from '../support/run/servers.ts'
import { launch, type Program } from '../support/servers/program.ts'
import { waitFor } from '../support/wait-for.ts'

jest.setTimeout(120_000)

let folder: string
let database: TestDatabase
let services: Program[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-compiled-'))
  database = await createDatabase()
})
afterAll(async () => {
  for (const { kill } of services) kill('SIGKILL')
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

it('the compiled production code migrates, creates a key, reserves and settles', async () => {
  const compile = ['--import', 'tsx', 'scripts/compile.ts', folder]
  await promisify(execFile)(process.execPath, compile, { cwd: root, env: environment({}) })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const variables = {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_TASK_QUEUE: path.basename(folder),
    SERVER_SECRETS: '1:long-enough-to-be-a-secret',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'codes@example.com',
    OTEL_TRACES_EXPORTER: 'console',
  }
  const run = (...args: string[]) => launch(folder, args, variables)

  const migration = run('migrations/main.js')
  await migration.waitForOutput('The database schema is up to date.')
  expect(await migration.ended).toBe(0)
  const keys = run('scripts/keys.js', 'kvidai', 'admin', 'first key')
  expect(await keys.ended).toBe(0)
  const kvidai = caller(url, keys.output().split('\n')[0] ?? '')

  services = [run('worker/main.js'), run('api/main.js')]
  await waitFor('readiness', () =>
    fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    ),
  )
  const reference = await fetch(`${url}/docs/reference.js`)
  expect(reference.status).toBe(200)
  // The API ends once its answers are read.
  await reference.arrayBuffer()
  expect(await (await fetch(`${url}/docs/guides/webhooks`)).text()).toContain('<h1')
  expect((await fetch(`${url}/`)).status).toBe(404)
  await kvidai.put('/v1/accounts/ada', {})
  await kvidai.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 10, reason: 'test' })
  const reserve = () => kvidai.post('/v1/accounts/ada/generations', { operation: 'image' }, 'first')
  const { body: generation } = await whileUnavailable(reserve)
  expect(generation).toMatchObject({ state: 'reserved', held: 2 })
  const { body: settled } = await kvidai.post(`/v1/generations/${generation.id}/complete`)
  expect(settled).toMatchObject({ state: 'committed', spent: 2 })

  for (const { kill } of services) kill('SIGTERM')
  expect(await Promise.all(services.map(({ ended }) => ended))).toEqual([0, 0])
  const [worker, api] = services.map(({ output }) => output())
  expect(worker).toMatch(/name: 'HandleUpdate:reserve'.*name: 'SQL settle'/s)
  expect(api).toContain("name: 'POST /v1/generations/:id/complete'")
})
