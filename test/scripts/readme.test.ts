import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findRunning } from '../../scripts/running.ts'
import { root } from '../support/root.ts'
import { removeDataFolder } from '../support/run/data-folder.ts'
import { environment } from '../support/run/servers.ts'
import { type Program, startProgram } from '../support/servers/program.ts'

jest.setTimeout(180_000)

let dataDir: string
let program: Program

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-readme-'))
  await chmod(dataDir, 0o711)
  program = startProgram(dataDir, { DEMO_ACCOUNT: 'on' })
  await program.waitForOutput('Lotkeeper is running.')
})
afterAll(async () => {
  program.kill('SIGTERM')
  await program.ended
  await removeDataFolder(dataDir)
})

function connections(): { api: string; temporal_ui: string } {
  return JSON.parse(readFileSync(path.join(dataDir, 'connections.json'), 'utf8'))
}

function run(command: string, args: string[]): string {
  const env = environment({ LOTKEEPER_DATA_DIR: dataDir })
  return execFileSync(command, args, { cwd: root, env, encoding: 'utf8' })
}

test('the commands of the README work', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
  const lines = /```sh\n(.*?)```/s
    .exec(readme)?.[1]
    ?.replace('http://127.0.0.1:3000', findRunning(dataDir).api)
    .replace('.lotkeeper/keys.json', path.join(dataDir, 'keys.json'))
  const output = run('bash', ['-ec', lines ?? 'false'])
  expect(output).toMatch(/"state":"partially_refunded"/)
  expect(output).toMatch(/"spent":6.*"refunded":2|"refunded":2.*"spent":6/)
  expect(output).toMatch(/"available":14/)
  expect(output).toMatch(/held,spent,3|held,spent,6/)
  expect(output).toMatch(/portal\?session=/)
})

test('the demo account has a year of data, and its page opens', async () => {
  const link = /Demo page +(\S+)/.exec(program.output())?.[1] ?? ''
  const opened = await fetch(link, { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = (path: string) =>
    fetch(`${findRunning(dataDir).api}/portal/api${path}`, { headers: { cookie } }).then(answer => answer.json())
  const { data } = (await ask('/usage?group_by=day')) as { data: { group: string; spent: number }[] }
  const months = new Set(data.filter(({ spent }) => spent > 0).map(({ group }) => group.slice(0, 7)))
  expect(months.size).toBeGreaterThanOrEqual(12)
})

test("the start page links to Temporal's UI, and opens the demo account's page by a new link each time", async () => {
  const { api, temporal_ui } = connections()
  const page = await (await fetch(`${api}/`)).text()
  expect(page).toContain(`href="${temporal_ui}"`)
  expect(page).toContain('href="/demo"')
  const open = async () => (await fetch(`${api}/demo`, { redirect: 'manual' })).headers.get('location') ?? ''
  const links = [await open(), await open()]
  expect(new Set(links).size).toBe(2)
  const opened = await fetch(`${api}${links[1]}`, { redirect: 'manual' })
  expect(opened.headers.get('set-cookie')).toContain('lotkeeper=')
})

test('the demo completes, the ledger verifies afterwards, and nothing needs a person', () => {
  expect(run('node', ['--import', 'tsx', 'scripts/demo.ts'])).toMatch(
    /already_settled.*insufficient_credits.*→ available.*frozen 300.*reactivated/s,
  )
  expect(run('node', ['--import', 'tsx', 'scripts/ops.ts', 'verify'])).toBe('Ledger verified: no errors.\n')
  expect(run('node', ['--import', 'tsx', 'scripts/ops.ts', 'attention', '--json'])).toBe('[]\n')
})

test('npm run keys creates a key', () => {
  expect(run('node', ['--import', 'tsx', 'scripts/keys.ts', 'kvidai', 'read', 'a reader'])).toMatch(/^lk_read_/)
})
