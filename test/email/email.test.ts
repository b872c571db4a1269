import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeEmail } from '../../email/compose.ts'
import type { EmailContext } from '../../email/content.ts'
import { readMailbox } from '../../email/mailbox.ts'
import { folderMailer, smtpMailer } from '../../email/mailer.ts'
import { codeEmail } from '../../email/templates/code.ts'
import { readConfig } from '../../platform/config.ts'
import { serverSecretsOf } from '../../platform/server-secrets.ts'
import { mailerOf } from '../../worker/bootstrap/mailer.ts'
import { startSmtpStandIn } from '../support/stand-ins/smtp.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-mail-'))
})
afterEach(() => rm(folder, { recursive: true }))

const CODE = 'ABCDE-FGHJK-MNPQR-STVWX'
const context: EmailContext = {
  product: 'MyAI – für alle',
  support: 'help@myai.example',
  page: 'https://myai.example/credits',
  language: 'en',
  timeZone: 'UTC',
}
const order = { pack: 'Starter', credits: 5, code: CODE, order: 'pur_1', gift: false, replaces: false }
const email = composeEmail(context, 'ada@example.org', codeEmail(context, order))

test('the folder mailer writes each email as a readable file', async () => {
  const mailer = folderMailer(folder, 'codes@myai.example')
  const id = await mailer.send('code/1', 'MyAI', email)
  expect(id).toMatch(/^<[0-9a-f]{32}@myai\.example>$/)
  const [read] = await readMailbox(folder, 10)
  expect(read).toMatchObject({ to: 'ada@example.org', subject: 'Your code for 5 credits from MyAI – für alle' })
  expect(read?.html).toBe(email.html)
  expect(read?.text).toContain(`\n    ${CODE}\n`)
  expect(read?.text).toContain('from MyAI – für alle')
})

test('sending with the same key writes one email, with another key another one', async () => {
  const mailer = folderMailer(folder, 'codes@myai.example')
  const first = await mailer.send('code/1', 'MyAI', email)
  expect(await mailer.send('code/1', 'MyAI', email)).toBe(first)
  expect(await mailer.send('code/2', 'MyAI', email)).not.toBe(first)
  expect((await readdir(folder)).filter(file => file.endsWith('.eml'))).toHaveLength(2)
})

test('the SMTP mailer sends to one recipient, and throws when the server refuses or is down', async () => {
  const server = await startSmtpStandIn()
  const mailer = smtpMailer(server.url, 'codes@myai.example')
  const id = await mailer.send('code/1', 'MyAI', email)
  expect(server.emails).toMatchObject([{ to: 'ada@example.org' }])
  expect(server.emails[0]?.raw).toContain(CODE)
  expect(server.emails[0]?.raw).toContain(`Message-ID: ${id}`)
  server.refuse('451 try again later')
  await expect(mailer.send('code/2', 'MyAI', email)).rejects.toThrow('451')
  await server.stop()
  await expect(mailer.send('code/2', 'MyAI', email)).rejects.toThrow('ECONNREFUSED')
})

const servers = { databaseUrl: 'postgres://x', temporalAddress: 'x:1' }

test('production does not start without an SMTP server and code secrets', () => {
  const config = (env: NodeJS.ProcessEnv) => ({
    ...readConfig({ NODE_ENV: 'production', LOTKEEPER_DATA_DIR: folder, ...env }),
    ...servers,
  })
  expect(() => mailerOf(config({}))).toThrow(/^SMTP_URL is not set/)
  expect(() => serverSecretsOf(config({}))).toThrow(/^SERVER_SECRETS is not set/)
  expect(() => mailerOf(config({ SMTP_URL: 'smtp://mail.example' }))).not.toThrow()
  expect(serverSecretsOf(config({ SERVER_SECRETS: '3:0123456789abcdef' }))).toEqual([
    { version: 3, secret: '0123456789abcdef' },
  ])
})

test('without SERVER_SECRETS, development creates a secret once', () => {
  const config = { ...readConfig({ LOTKEEPER_DATA_DIR: folder }), ...servers }
  const created = serverSecretsOf(config)
  expect(created[0]?.secret).toMatch(/^[0-9a-f]{64}$/)
  expect(serverSecretsOf(config)).toEqual(created)
})
