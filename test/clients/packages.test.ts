// The published packages in an empty project: the examples of their READMEs run there, in Node and in a browser.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { startBrowser } from '../support/clients/browser.ts'
import { type EmptyProject, projectWith } from '../support/clients/empty-project.ts'
import { examplesOf } from '../support/clients/readme.ts'
import { root } from '../support/root.ts'
import { isLong } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { type PageServer, servePages } from '../support/servers/page-server.ts'

jest.setTimeout(300_000)

let lotkeeper: Lotkeeper
let project: EmptyProject
let site: PageServer
let browser: Browser
let account: string
let variables: Record<string, string>
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`

beforeAll(async () => {
  site = await servePages(
    () => path.join(project.folder, 'dist'),
    () => lotkeeper.url,
  )
  ;[lotkeeper, project, browser] = await Promise.all([
    startLotkeeper({ EMBED_ORIGINS: site.url }),
    projectWith(['typescript', 'react'], ['react', 'react-dom', '@temporalio/client', '@temporalio/common']),
    startBrowser(),
  ])
  await writeExamples()
})
afterAll(async () => {
  await browser?.close()
  site?.stop()
  await project?.remove()
  await lotkeeper?.stop()
})

/** Writes the examples, for Node and for a browser, and bundles the pages. */
async function writeExamples() {
  account = await newAccount(100)
  const key = lotkeeper.keys.kvidai?.generate ?? ''
  variables = { LOTKEEPER_KEY: key, WEBHOOK_SECRET: secret }
  const names = {
    'http://localhost:3000': lotkeeper.url,
    'localhost:7233': lotkeeper.temporalAddress,
    '(temporal, request)': `(temporal, request, { taskQueue: '${lotkeeper.taskQueue}' })`,
    'job 4711': `job ${account}`,
    'job-4712': `job-${account}`,
    "'ada'": `'${account}'`,
  }
  await project.write(
    'example.mjs',
    [receivedMessage(), ...examplesOf('typescript', 'ts', names), 'await temporal.connection.close()'].join('\n'),
  )
  const inBrowser = {
    ...names,
    'http://localhost:3000': site.url,
    'process.env.LOTKEEPER_KEY': `'${key}'`,
    'job 4711': 'job of a page',
  }
  const calls = examplesOf('typescript', 'ts', inBrowser).slice(0, 3).join('\n')
  const page = (script: string) =>
    `<!doctype html><html lang="en"><link rel="icon" href="data:," /><div id="root"></div><script type="module" src="${script}"></script></html>`
  await project.write('client.js', calls)
  await project.write('client.html', page('./client.js'))
  await project.write('main.tsx', examplesOf('react', 'tsx', {}).join('\n'))
  await project.write('index.html', page('./main.tsx'))
  const input = ['index.html', 'client.html'].map(name => path.join(project.folder, name))
  await project.write(
    'vite.config.js',
    `export default { build: { target: 'es2022', rolldownOptions: { input: ${JSON.stringify(input)} } } }`,
  )
  await project.run(path.join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'])
}

async function newAccount(amount: number): Promise<string> {
  const account = randomUUID()
  await lotkeeper.as('kvidai').put(`/v1/accounts/${account}`, {})
  await lotkeeper.as('kvidai').post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

/** A webhook as `message`. */
function receivedMessage(): string {
  const body = JSON.stringify({ type: 'credits.granted', timestamp: new Date(), data: { account: 'ada', amount: 5 } })
  const now = new Date()
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
  expect(await project.run(process.execPath, ['example.mjs'], variables)).toMatch(printed)
})

const longTest = isLong ? test : test.skip

longTest('the same on Node 24', async () => {
  const other = await newAccount(100)
  const code = readFileSync(path.join(project.folder, 'example.mjs'), 'utf8')
  await project.write('example-24.mjs', code.replaceAll(account, other))
  const output = await project.run('npx', ['--yes', '-p', 'node@24', 'node', 'example-24.mjs'], variables)
  expect(output).toMatch(printed)
})

test('the examples of the READMEs have no wrong types', async () => {
  const declared =
    'declare const process: { env: Record<string, string | undefined> }\ndeclare const message: { body: string; headers: Headers }\n'
  await project.write('example.mts', declared + examplesOf('typescript', 'ts', {}).join('\n'))
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--types',
    '',
  ]
  const tsc = path.join(root, 'node_modules/.bin/tsc')
  const reactTypes = ['--jsx', 'react-jsx', '--paths', 'null']
  await project.run(tsc, [...options, ...reactTypes, 'example.mts'])
})

test('@lotkeeper/client works in a bundle for browsers', async () => {
  const page = await browser.newPage()
  const lines: string[] = []
  page.on('console', message => lines.push(message.text()))
  page.on('pageerror', error => lines.push(error.message))
  const missing = page.waitForEvent('console', message => message.text().startsWith('missing:'))
  await page.goto(`${site.url}/client.html`)
  await missing.catch(error => {
    throw new Error(`${error}\n${lines.join('\n')}`)
  })
  expect(lines.at(-1)).toBe('missing: 118')
  await page.close()
})

describe('@lotkeeper/react', () => {
  test('its badge shows the balance and changes of it, and its button opens the page', async () => {
    const customer = `/v1/accounts/${await newAccount(1_132)}`
    const kvidai = lotkeeper.as('kvidai')
    site.answers['/credits-session'] = async () => (await kvidai.post(`${customer}/portal-sessions`)).body
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(`${site.url}/index.html`)
    await page.getByRole('status').getByText('1,132 credits').waitFor()
    const { body } = await kvidai.post(`${customer}/generations`, { operation: 'image', outputs: 4 })
    await page.getByText('1,124 credits Reserved 8').waitFor()
    await kvidai.post(`/v1/generations/${body.id}/complete`, { delivered: 3 })
    await page
      .getByRole('status')
      .getByText(/^1,126 credits$/)
      .waitFor()
    await page.getByRole('button', { name: 'Buy credits' }).click()
    await page.getByTestId('available').getByText('1,126').waitFor()
    expect(page.url()).toBe(`${lotkeeper.url}/portal`)
    await page.close()
  })

  test('a session that has ended is replaced by another one', async () => {
    const customer = await newAccount(20)
    const kvidai = lotkeeper.as('kvidai')
    site.answers['/credits-session'] = async () => (await kvidai.post(`/v1/accounts/${customer}/portal-sessions`)).body
    const page = await browser.newPage()
    await page.goto(`${site.url}/index.html`)
    await page.getByText('20 credits').waitFor()
    await lotkeeper.db.query('delete from portal_sessions')
    await kvidai.post(`/v1/accounts/${customer}/grants`, { source: 'purchased', amount: 1, reason: 'test' })
    await page.getByText('21 credits').waitFor()
    await page.close()
  })
})

describe('a page on another origin', () => {
  const ask = (path: string, init: RequestInit) => fetch(`${lotkeeper.url}/portal/api${path}`, init)

  test('may read with a session of its backend, and nothing else', async () => {
    const { body } = await lotkeeper.as('kvidai').post(`/v1/accounts/${account}/portal-sessions`)
    const session = new URL(body.url).searchParams.get('session')
    const open = () =>
      ask('/sessions', {
        method: 'POST',
        headers: { origin: site.url, 'content-type': 'application/json' },
        body: JSON.stringify({ session }),
      })
    const opened = await open()
    expect([opened.status, opened.headers.get('access-control-allow-origin')]).toEqual([201, site.url])
    expect([opened.headers.get('set-cookie'), opened.headers.get('access-control-allow-credentials')]).toEqual([
      null,
      null,
    ])
    expect((await open()).status).toBe(401)
    const { token } = (await opened.json()) as { token: string }
    const headers = { origin: site.url, authorization: `Bearer ${token}` }
    const read = await ask('/account', { headers })
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, site.url])
    expect((await ask('/redemptions', { method: 'POST', headers, body: '{}' })).status).toBe(401)
    expect(
      (await ask('/account', { headers: { ...headers, authorization: `Bearer ${lotkeeper.keys.kvidai?.admin}` } }))
        .status,
    ).toBe(401)
  })

  test.each([
    ['EMBED_ORIGINS', () => site.url, 204],
    ['others', () => 'https://evil.example', 404],
  ])('asks for permission: %s', async (_, origin, status) => {
    const answer = await ask('/account', {
      method: 'OPTIONS',
      headers: { origin: origin(), 'access-control-request-method': 'GET' },
    })
    await answer.text()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('access-control-allow-origin')).toBe(status === 204 ? site.url : null)
  })
})
