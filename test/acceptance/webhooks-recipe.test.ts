import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import path from 'node:path'
import { freePort } from '../../scripts/servers/ports.ts'
import { type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { blocksOf, followRecipe, readRecipe } from '../support/recipe.ts'
import { environment } from '../support/servers.ts'
import { breath } from '../support/until.ts'

let lotkeeper: Lotkeeper
let server: ChildProcess | undefined
let said = ''

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' })
})
afterAll(async () => {
  server?.kill()
  await lotkeeper?.stop()
})

async function says(words: string): Promise<void> {
  while (!said.includes(words)) await breath()
}

/** The server of the recipe as a program of its own; resolves when it listens. */
async function start(code: string, secret: string, port: number): Promise<void> {
  server = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: path.join(__dirname, '../..'),
    env: environment({ WEBHOOK_SECRET: secret, PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server.stdout?.on('data', chunk => {
    said += chunk
  })
  const listens = () =>
    new Promise<boolean>(resolve => {
      const socket = createConnection(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.end())
    })
  while (!(await listens())) await breath()
}

it('the recipe for webhooks: its server is told what happens', async () => {
  const recipe = readRecipe('webhooks')
  const [code = ''] = blocksOf(recipe, 'js')
  const admin = lotkeeper.as('kvidai')
  const port = await freePort()
  const triedInVain = async (endpoint: string) => {
    const { body } = await admin.get(`/v1/webhook-endpoints/${endpoint}/deliveries?state=pending`)
    return body.data[0]?.tries > 0
  }
  const lines = {
    'the server starts with the secret': ({ secret = '' }) => start(code, secret, port),
    'the server says: webhook.test': () => says('webhook.test'),
    'the server says: credits.granted 20': () => says('credits.granted 20\n'),
    'the server stops; ada is granted 5 more; it is tried': async ({ endpoint = '' }) => {
      server?.kill()
      if (server) await once(server, 'exit')
      await admin.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 5, reason: 'more' })
      while (!(await triedInVain(endpoint))) await breath()
    },
    'the server starts again': ({ secret = '' }) => start(code, secret, port),
    'the server says: credits.granted 5': () => says('credits.granted 5\n'),
  }
  const lookUp = async (name: string) => (name === 'server' ? `http://127.0.0.1:${port}/` : undefined)
  expect(await followRecipe(recipe, admin, lookUp, lines)).toBe(9)
})
