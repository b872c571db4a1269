import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { freePort } from '../../../scripts/servers/ports.ts'
import { blocksOf, followRecipe, readRecipe } from '../../support/clients/recipe.ts'
import { root } from '../../support/root.ts'
import { environment } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let server: ChildProcess | undefined
let output = ''

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' })
})
afterAll(async () => {
  server?.kill()
  await lotkeeper?.stop()
})

const waitForOutput = (text: string) => waitFor(`the output ${text}`, () => output.includes(text))

/** Runs the server of the recipe as a program; resolves when it listens. */
async function start(code: string, secret: string, port: number): Promise<void> {
  server = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
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

it('the recipe for webhooks: its server receives the events', async () => {
  const recipe = readRecipe('webhooks')
  const [code = ''] = blocksOf(recipe, 'js')
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
    'the server stops; ada is granted 5 more; a delivery fails': async ({ endpoint = '' }) => {
      server?.kill()
      if (server) await once(server, 'exit')
      await admin.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 5, reason: 'more' })
      await waitFor('a failed attempt', () => hasFailedAttempt(endpoint))
    },
    'the server starts again': ({ secret = '' }) => start(code, secret, port),
    'the server prints: credits.granted 5': () => waitForOutput('credits.granted 5\n'),
  }
  const lookUp = async (name: string) => (name === 'server' ? `http://127.0.0.1:${port}/` : undefined)
  expect(await followRecipe(recipe, admin, lookUp, lines)).toBe(9)
})
