// The published packages in an empty project: the examples of their READMEs run there, in Node and in a browser.
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { startBrowser } from '../support/clients/browser.ts'
import { type EmptyProject, projectWith } from '../support/clients/empty-project.ts'
import { type PageServer, servePages } from '../support/clients/page-server.ts'
import { examplesOf } from '../support/clients/readme.ts'
import { root } from '../support/root.ts'
import { isLong } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

jest.setTimeout(300_000)

const packages = [
  'react',
  'react-dom',
  '@types/react',
  '@types/react-dom',
  '@temporalio/client',
  '@temporalio/common',
] as const
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`

let lotkeeper: Lotkeeper
let project: EmptyProject
let site: PageServer
let browser: Browser

beforeAll(async () => {
  site = await servePages(
    () => path.join(project.folder, 'dist'),
    () => lotkeeper.url,
  )
  ;[lotkeeper, project, browser] = await Promise.all([
    startLotkeeper({ EMBED_ORIGINS: site.url }),
    projectWith(['typescript', 'react'], [...packages]),
    startBrowser(),
  ])
  await bundlePages(await newAccount(100))
})
afterAll(async () => {
  await browser?.close()
  site?.stop()
  await project?.remove()
  await lotkeeper?.stop()
})

const key = () => lotkeeper.keys.kvidai?.generate ?? ''

async function newAccount(amount: number): Promise<string> {
  const account = randomUUID()
  await lotkeeper.as('kvidai').put(`/v1/accounts/${account}`, {})
  await lotkeeper.as('kvidai').post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

/** The examples of @lotkeeper/client for an account: over HTTP, a webhook, over Temporal. */
function clientExamples(account: string, names: Record<string, string>): string[] {
  const own = { 'job 4711': `job ${account}`, 'job-4712': `job-${account}`, "'ada'": `'${account}'` }
  return examplesOf('typescript', 'ts', { ...names, ...own })
}

/** Runs the examples of @lotkeeper/client. @returns what they print */
function runExamples(node: string[], account: string): Promise<string> {
  const examples = clientExamples(account, {
    'http://localhost:3000': lotkeeper.url,
    'localhost:7233': lotkeeper.temporalAddress,
    '(temporal, request)': `(temporal, request, { taskQueue: '${lotkeeper.taskQueue}' })`,
  })
  const [program = '', ...args] = node
  return project
    .write('example.mjs', [receivedMessage(), ...examples, 'await temporal.connection.close()'].join('\n'))
    .then(file => project.run(program, [...args, file], { LOTKEEPER_KEY: key(), WEBHOOK_SECRET: secret }))
}

/** A webhook as `message`. */
function receivedMessage(): string {
  const now = new Date()
  const body = JSON.stringify({ type: 'credits.granted', timestamp: now, data: { account: 'ada', amount: 5 } })
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', now, body),
  }
  return `const message = ${JSON.stringify({ body, headers })}`
}

const printed =
  /^\[ 'lighthouse 1', 'lighthouse 2', 'lighthouse 3' \]\n94\n.* 2 refund\n.*missing: 106\nada 5\npartially_refunded 6\n$/s

test('@lotkeeper/client reserves and settles over HTTP and over Temporal, as its README says', async () => {
  expect(await runExamples([process.execPath], await newAccount(100))).toMatch(printed)
})

const longTest = isLong ? test : test.skip

longTest('the same on Node 24', async () => {
  expect(await runExamples(['npx', '--yes', '-p', 'node@24', 'node'], await newAccount(100))).toMatch(printed)
})

test('the examples of the READMEs have no wrong types', async () => {
  const declared = [
    'declare const process: { env: Record<string, string | undefined> }',
    'declare const message: { body: string; headers: Headers }',
  ]
  const files = [
    await project.write('types/client.mts', [...declared, ...examplesOf('typescript', 'ts', {})].join('\n')),
    await project.write('types/page.tsx', examplesOf('react', 'tsx', {}).join('\n')),
  ]
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: 'es2023', module: 'nodenext' }
  const config = { compilerOptions: { ...compilerOptions, jsx: 'react-jsx', types: [] }, files }
  await project.write('tsconfig.json', JSON.stringify(config))
  expect(await project.run(path.join(root, 'node_modules/.bin/tsc'), [])).toBe('')
})

/** A browser has no environment. */
const environmentKey = ['process', 'env', 'LOTKEEPER_KEY'].join('.')

/** Bundles the examples for browsers: client.html has the calls of @lotkeeper/client, index.html those of @lotkeeper/react. */
async function bundlePages(account: string): Promise<void> {
  const names = { 'http://localhost:3000': site.url, [environmentKey]: `'${key()}'` }
  await project.write('client.js', clientExamples(account, names).slice(0, 3).join('\n'))
  await project.write('main.tsx', examplesOf('react', 'tsx', {}).join('\n'))
  const pages = await Promise.all([
    project.write('client.html', pageOf('./client.js')),
    project.write('index.html', pageOf('./main.tsx')),
  ])
  const input = pages.map(name => path.join(project.folder, name))
  const build = { target: 'es2022', rolldownOptions: { input } }
  await project.write('vite.config.js', `export default ${JSON.stringify({ build })}`)
  await project.run(path.join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'])
}

function pageOf(script: string): string {
  const head = '<meta charset="utf-8" /><title>Example</title><link rel="icon" href="data:," />'
  const body = `<div id="root"></div><script type="module" src="${script}"></script>`
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`
}

test('@lotkeeper/client works in a bundle for browsers', async () => {
  const page = await browser.newPage()
  const lines: string[] = []
  page.on('console', message => lines.push(message.text()))
  page.on('pageerror', error => lines.push(error.message))
  const ends = page.waitForEvent('console', message => message.text().startsWith('missing:'))
  await page.goto(`${site.url}/client.html`)
  await ends.catch(error => lines.push(error.message))
  expect(lines.at(-1)).toBe('missing: 106')
  await page.close()
})

type Respond = (request: object, response: { status(code: number): { json(body: object): void } }) => void

describe('@lotkeeper/react', () => {
  /** Opens the page of the README, with the README's backend, for a customer. */
  async function openPage(account: string) {
    const [backend = ''] = examplesOf('react', 'ts', {
      'http://localhost:3000': lotkeeper.url,
      "'ada'": `'${account}'`,
    })
    const post = (path: string, respond: Respond) => {
      site.answers[path] = () => new Promise(resolve => respond({}, { status: () => ({ json: resolve }) }))
    }
    new Function('app', 'process', backend)({ post }, { env: { LOTKEEPER_KEY: lotkeeper.keys.kvidai?.manage } })
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(`${site.url}/index.html`)
    return page
  }

  test('the badge shows the balance and its changes, and the button opens the page', async () => {
    const account = await newAccount(1_132)
    const kvidai = lotkeeper.as('kvidai')
    const page = await openPage(account)
    const badge = page.getByRole('status')
    await badge.getByText('1,132 credits').waitFor()
    const order = { operation: 'image', outputs: 4 }
    const { body } = await kvidai.post(`/v1/accounts/${account}/generations`, order)
    await badge.getByText('Reserved 8').waitFor()
    expect(await badge.textContent()).toBe('1,124 credits Reserved 8')
    await kvidai.post(`/v1/generations/${body.id}/complete`, { delivered: 3 })
    await badge.getByText('1,126 credits').waitFor()
    await page.getByRole('button', { name: 'Buy credits' }).click()
    await page.getByTestId('available').getByText('1,126').waitFor()
    expect(page.url()).toBe(`${lotkeeper.url}/portal`)
    await page.close()
  })

  test('a session that has ended is replaced by another one', async () => {
    const account = await newAccount(20)
    const page = await openPage(account)
    await page.getByText('20 credits').waitFor()
    await lotkeeper.db.query('delete from portal_sessions')
    const more = { source: 'purchased', amount: 1, reason: 'test' }
    await lotkeeper.as('kvidai').post(`/v1/accounts/${account}/grants`, more)
    await page.getByText('21 credits').waitFor()
    await page.close()
  })
})
