import { mkdtempSync, rmSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../support/root.ts'
import { createDatabase, type TestDatabase, temporalAddress } from '../support/run/servers.ts'
import { launch } from '../support/servers/program.ts'

// Every mistake in the configuration ends a program with a sentence that names the variable and says what to do.

let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-configuration-'))
  database = await createDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const NOWHERE = '127.0.0.1:1'

async function outputOf(script: string, variables: Record<string, string>): Promise<string> {
  const servers = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress(), PORT: '0' }
  const program = launch(root, ['--import', 'tsx', script], { LOTKEEPER_DATA_DIR: folder, ...servers, ...variables })
  expect(await program.ended).toBe(1)
  return program.output()
}

it.each([
  ['scripts/start.ts', { POLICIES_DIR: '/nope' }, /\/nope.*cannot be read \(ENOENT\); set POLICIES_DIR/s],
  ['scripts/start.ts', { STRIPE_SECRET_KEY: 'foo' }, /^STRIPE_SECRET_KEY: expected .* sk_test_/],
  [
    'scripts/start.ts',
    { DATABASE_URL: `postgres://ada:secret@${NOWHERE}/x` },
    /DATABASE_URL: PostgreSQL cannot be reached at 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Start it, or correct the URL\.\n$/,
  ],
  [
    'worker/main.ts',
    { TEMPORAL_ADDRESS: NOWHERE },
    /TEMPORAL_ADDRESS: Temporal cannot be reached at 127\.0\.0\.1:1\. Start it, or correct the address\.\n$/,
  ],
  [
    'worker/main.ts',
    { TEMPORAL_NAMESPACE: 'elsewhere' },
    /TEMPORAL_NAMESPACE: .* has no namespace "elsewhere"\. Create it: temporal operator namespace create/,
  ],
])('%s with %j', async (script, variables, expected) => {
  const output = await outputOf(script, variables)
  expect(output).toMatch(expected)
  expect(output).not.toContain('secret@')
  expect(output).not.toContain('    at ')
})

it('a database that does not exist', async () => {
  const url = new URL(database.url)
  url.pathname = '/missing'
  expect(await outputOf('migrations/main.ts', { DATABASE_URL: url.href })).toMatch(
    /^DATABASE_URL: PostgreSQL at .* has no database "missing"\. Create it first\.\n$/,
  )
})

it('a policy with an unknown currency', async () => {
  const policies = path.join(folder, 'policies')
  await cp(path.join(root, 'policies'), policies, { recursive: true })
  const file = path.join(policies, 'myai.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('currency: USD', 'currency: XXQ'))
  expect(await outputOf('scripts/start.ts', { POLICIES_DIR: policies })).toMatch(
    /^myai\.yaml is not a valid policy:\n {2}packs\.\w+\.price\.currency: must be a currency of ISO 4217/,
  )
})

it('the demo, where Lotkeeper was killed', async () => {
  const connections = { api: `http://${NOWHERE}` }
  await writeFile(path.join(folder, 'connections.json'), JSON.stringify(connections))
  await writeFile(path.join(folder, 'keys.json'), '{}')
  expect(await outputOf('scripts/demo.ts', {})).toMatch(
    /Lotkeeper does not answer at http:\/\/127\.0\.0\.1:1\. Run npm start in another terminal\.\n$/,
  )
})
