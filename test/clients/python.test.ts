// The Python client: its generated part, its types, its tests and the examples of its README.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Webhook } from 'standardwebhooks'
import { apiDocument } from '../../api/docs/document.ts'
import type { Document } from '../../scripts/clients/document.ts'
import { sumsOf } from '../../scripts/clients/python.ts'
import { installPythonClient, type PythonClient } from '../support/clients/python-client.ts'
import { examplesOf } from '../support/clients/readme.ts'
import { blocksOf, readDocument } from '../support/clients/recipe.ts'
import { root } from '../support/root.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

jest.setTimeout(420_000)

let lotkeeper: Lotkeeper
let client: PythonClient | null
let folder: string
let account: string
let variables: Record<string, string>

beforeAll(async () => {
  ;[lotkeeper, client, folder] = await Promise.all([
    useSharedLotkeeper(),
    installPythonClient(),
    mkdtemp(path.join(tmpdir(), 'lotkeeper-python-client-')),
  ])
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await lotkeeper.stop()
})
beforeEach(async () => {
  account = randomUUID()
  const kvidai = lotkeeper.as('kvidai')
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 100, reason: 'test' })
  variables = { LOTKEEPER_URL: lotkeeper.url, LOTKEEPER_KEY: lotkeeper.keys.kvidai?.generate ?? '', ACCOUNT: account }
})

test('the generated part is that of the contract; npm run client writes it', () => {
  const sums = readFileSync(path.join(root, 'clients/python/generator/sums.json'), 'utf8')
  expect(JSON.parse(sums)).toEqual(sumsOf(apiDocument() as Document, root))
})

test('its tests pass against this server', async () => {
  const output = await client?.run(['-m', 'unittest', 'discover', '--start-directory', 'tests'], variables)
  if (client) expect(output).toMatch(/Ran \d\d tests.*OK/s)
})

test('the examples of its README run, and have no wrong types', async () => {
  if (!client) return
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`
  const example = path.join(folder, 'example.py')
  const names = { 'http://localhost:3000': lotkeeper.url, '"ada"': `"${account}"`, 'job 4711': `job ${account}` }
  await writeFile(example, [receivedMessage(secret), ...examplesOf('python', 'python', names)].join('\n'))
  const [output, types] = await Promise.all([
    client.run([example], { ...variables, WEBHOOK_SECRET: secret }),
    client.run(['-m', 'mypy', '--cache-dir', path.join(root, '.lotkeeper/mypy'), 'lotkeeper', 'tests', example]),
  ])
  expect(output).toMatch(/^94\n.* 2 refund\n.*missing: 106\nada 5\n$/s)
  expect(types).toMatch(/^Success: no issues/)
})

test('the Python of the guides runs, and prints what it says', async () => {
  if (!client) return
  const guides = ['first-reservation', 'errors'].map(name => readDocument(`guides/${name}`)).join('\n')
  const poor = randomUUID()
  await lotkeeper.as('kvidai').put(`/v1/accounts/${poor}`, {})
  const code = blocksOf(guides, 'python').join('\n')
  const example = path.join(folder, 'guides.py')
  const names = { 'http://127.0.0.1:3000': lotkeeper.url, '"amy"': `"${account}"`, '"fay"': `"${poor}"` }
  await writeFile(
    example,
    Object.entries(names).reduce((text, [name, other]) => text.replaceAll(name, other), code),
  )
  const shown = [...code.matchAll(/print\(.*\) {2}# (.*)$/gm)].map(([, printed]) => printed)
  expect((await client.run([example], variables)).trim().split('\n')).toEqual(shown)
  const balance = await lotkeeper.as('kvidai').get(`/v1/accounts/${account}/balance`)
  expect(balance.body).toMatchObject({ available: 98, held: 0 })
})

/** Python that has a webhook message as `request`. */
function receivedMessage(secret: string): string {
  const at = new Date()
  const data = {
    account: 'ada',
    amount: 5,
    reason: 'test',
    lot: '1',
    source: 'purchased',
    origin: { type: 'grant', id: 'x' },
    expires_at: null,
  }
  const body = JSON.stringify({ type: 'credits.granted', timestamp: at, data })
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  }
  return ['class request:', `    body = ${JSON.stringify(body)}`, `    headers = ${JSON.stringify(headers)}`].join('\n')
}
