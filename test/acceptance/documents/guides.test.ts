import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import path from 'node:path'
import { guides } from '../../../api/docs/guides.ts'
import { freePort } from '../../../scripts/servers/ports.ts'
import { openGuideFolder, runShell, runTypeScript } from '../../support/clients/guide.ts'
import { blocksOf, followRecipe, readDocument } from '../../support/clients/recipe.ts'
import { root } from '../../support/root.ts'
import { environment } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let server: ChildProcess | undefined
let output = ''
let reader: Awaited<ReturnType<typeof openGuideFolder>>

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' })
  reader = await openGuideFolder(lotkeeper)
})
afterAll(async () => {
  server?.kill()
  await reader?.remove()
  await lotkeeper?.stop()
})

it('docs/guides has the guides that the pages list, with these titles', () => {
  const files = readdirSync(path.join(root, 'docs/guides')).map(file => file.replace(/\.md$/, ''))
  expect(guides.map(([file]) => file).sort()).toEqual(files.sort())
  for (const [file, title] of guides) expect(readDocument(`guides/${file}`).split('\n')[0]).toBe(`# ${title}`)
})

it.each(['first-reservation', 'memberships', 'purchases', 'test-clocks', 'errors', 'going-live'])(
  'the commands of the guide %s give the answers shown',
  async guide => {
    const answers = await runShell(guide, lotkeeper, reader.folder)
    expect(answers.length).toBeGreaterThan(0)
    for (const { answer, shown } of answers) expect(answer).toMatchObject(shown as object)
  },
)

it('the TypeScript of the guides prints what it says', async () => {
  // They use the accounts of the commands above.
  const names = ['first-reservation', 'memberships', 'purchases', 'test-clocks', 'errors', 'badge']
  for (const { guide, printed, shown } of await runTypeScript(names, lotkeeper, reader.folder))
    expect({ guide, printed }).toEqual({ guide, printed: shown })
})

const waitForOutput = (text: string) => waitFor(`the output ${text}`, () => output.includes(text))

/** Runs the server of the guide as a program; resolves when it listens. */
async function start(code: string, secret: string, port: number): Promise<void> {
  await writeFile(path.join(reader.folder, 'receiver.mts'), code)
  server = spawn(process.execPath, ['--import', 'tsx', 'receiver.mts'], {
    cwd: reader.folder,
    env: environment({ WEBHOOK_SECRET: secret, PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server.stdout?.on('data', chunk => {
    output += chunk
  })
  const listens = () =>
    new Promise<boolean>(resolve => {
      const socket = createConnection(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.end())
    })
  await waitFor('the server to listen', listens)
}

it('the guide to webhooks: its server receives the events', async () => {
  const guide = readDocument('guides/webhooks')
  const [code = ''] = blocksOf(guide, 'ts')
  const admin = lotkeeper.as('kvidai')
  const port = await freePort()
  const hasFailedAttempt = async (endpoint: string) => {
    const { body } = await admin.get(`/v1/webhook-endpoints/${endpoint}/deliveries?state=pending`)
    return body.data[0]?.attempts > 0
  }
  const lines = {
    'the server starts with the secret': ({ secret = '' }) => start(code, secret, port),
    'the server prints: webhook.test': () => waitForOutput('webhook.test'),
    'the server prints: credits.granted 20': () => waitForOutput('credits.granted 20\n'),
    'the server stops; hal is granted 5 more; a delivery fails': async ({ endpoint = '' }) => {
      server?.kill()
      if (server) await once(server, 'exit')
      await admin.post('/v1/accounts/hal/grants', { source: 'purchased', amount: 5, reason: 'more' })
      await waitFor('a failed attempt', () => hasFailedAttempt(endpoint))
    },
    'the server starts again': ({ secret = '' }) => start(code, secret, port),
    'the server prints: credits.granted 5': () => waitForOutput('credits.granted 5\n'),
  }
  const lookUp = async (name: string) => (name === 'server' ? `http://127.0.0.1:${port}/` : undefined)
  expect(await followRecipe(guide, admin, lookUp, lines)).toBe(9)
})
