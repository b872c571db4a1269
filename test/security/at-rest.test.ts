import pg from 'pg'
import { openPortal } from '../support/clients/portal.ts'
import { historiesOf, tablesOf } from '../support/database/dump.ts'
import { memoryLog } from '../support/memory-log.ts'
import {
  type LotkeeperWithGumroad,
  SECRET,
  startLotkeeperWithGumroad,
} from '../support/stand-ins/lotkeeper-with-gumroad.ts'

// Issued secrets cannot be read from the database, Temporal's histories or the logs.

let run: LotkeeperWithGumroad
const log = memoryLog()
const querySpy = jest.spyOn(pg.Client.prototype, 'query')

beforeAll(async () => {
  run = await startLotkeeperWithGumroad({ REQUESTS_PER_MINUTE: '100000' }, log.logger)
})
afterAll(() => run?.stop())

/** Issues secrets of every kind. @returns them by kind */
async function issueSecrets(): Promise<Record<string, string>> {
  const { lotkeeper, myai, ok } = run
  const { path, email, id } = await run.buy('starter', 499)
  const { body: created } = await myai.post('/v1/keys', { name: 'shop', scope: 'generate' }, 'a-key-for-the-shop')
  const { url } = ok(await myai.post(`${path}/portal-sessions`, {}, 'a-link'))
  const { cookie, request } = await openPortal(lotkeeper, myai, path)
  await request('/account')
  const endpoint = ok(await myai.post('/v1/webhook-endpoints', { url: 'https://example.org/hook' }, 'a-hook'))
  const rotated = ok(await myai.post(`/v1/webhook-endpoints/${endpoint.id}/rotate-secret`))
  const code = await run.emailedCode(email)
  ok(await myai.post(`/v1/purchases/${id}/code/replace`, { email }, 'a-new-code'))
  const replaced = await run.emailedCode(email, 2)
  ok(await lotkeeper.with(created.key).post(`${path}/redemptions`, { code: replaced }, 'to-redeem'))
  await lotkeeper.with('lk_admin_never-a-key').get('/v1/keys')
  const keys = Object.entries(lotkeeper.keys).flatMap(([product, scoped]) =>
    Object.entries(scoped).map(([scope, key]) => [`${product} ${scope}`, key]),
  )
  return {
    ...Object.fromEntries(keys),
    'a created key': created.key,
    'an invalid key': 'never-a-key',
    'a link': new URL(url).searchParams.get('session')?.split('.')[1] ?? '',
    'a session': cookie.split('=')[1]?.split('.')[1] ?? '',
    'a webhook secret': endpoint.secret.replace('whsec_', ''),
    'a rotated webhook secret': rotated.secret.replace('whsec_', ''),
    'a code': code,
    'a code without hyphens': code.replaceAll('-', ''),
    'a redeemed code': replaced,
    'a redeemed code without hyphens': replaced.replaceAll('-', ''),
    'an address': email,
    'the code secret': 'the-secret-of-these-tests',
    'the Gumroad token': run.gumroad.token,
    'the ping secret': SECRET,
  }
}

it('keys, links, sessions, codes and secrets are stored as hashes or not at all', async () => {
  const secrets = Object.entries(await issueSecrets())
  for (const [what, secret] of secrets) expect([what, secret.length]).toEqual([what, expect.any(Number)])
  expect(secrets.filter(([, secret]) => secret.length < 8)).toEqual([])
  const secretsIn = (where: string, text: string) => {
    const bytes = (secret: string) => [secret, Buffer.from(secret).toString('hex'), btoa(secret).replace(/=+$/, '')]
    return secrets
      .filter(([, secret]) => bytes(secret).some(form => text.includes(form)))
      .map(([what]) => `${where}: ${what}`)
  }
  const tables = await tablesOf(run.lotkeeper.db)
  const histories = [...(await historiesOf(run.lotkeeper))]
  expect(tables.length).toBeGreaterThan(20)
  expect(histories.length).toBeGreaterThan(0)
  expect(log.text().length).toBeGreaterThan(1_000)
  expect(tables.flatMap(([table, text]) => secretsIn(table, text))).toEqual(['purchase_contacts: an address'])
  expect(histories.flatMap(([id, text]) => secretsIn(id, text))).toEqual([])
  expect(secretsIn('log', log.text())).toEqual([])
  // PostgreSQL compares hashes, so the time of a query reveals nothing about the secret.
  expect(secretsIn('statements', statementsSent())).toEqual(['statements: an address'])
  console.info(
    `${secrets.length} secrets, ${tables.length} tables, ${histories.length} histories, ${log.text().length} bytes of log`,
  )
})

/** Every statement sent to PostgreSQL with its values; bytes are hexadecimal. */
function statementsSent(): string {
  expect(querySpy.mock.calls.length).toBeGreaterThan(100)
  const readable = (_: string, value: unknown) => {
    const { type, data } = (value ?? {}) as { type?: string; data?: number[] }
    return type === 'Buffer' && data ? Buffer.from(data).toString('hex') : value
  }
  return querySpy.mock.calls
    .map(([query, values]: any[]) => JSON.stringify([query.text ?? query, query.values ?? values], readable))
    .join('\n')
}
