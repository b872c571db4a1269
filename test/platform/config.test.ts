import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ConfigError, readConfig } from '../../platform/config.ts'
import { root } from '../support/root.ts'

const PEM = '-----BEGIN CERTIFICATE-----'

test('an empty environment gives the defaults', () => {
  expect(readConfig({})).toEqual({
    nodeEnv: 'development',
    demoAccount: true,
    reconcileMinutes: 4,
    clientSeconds: 30,
    requestsAtOnce: 300,
    requestsPerMinute: 60_000,
    embedOrigins: [],
    port: 3000,
    host: '127.0.0.1',
    dataDir: path.join(root, '.lotkeeper'),
    databaseUrl: undefined,
    databasePool: 20,
    temporalAddress: undefined,
    temporalNamespace: 'default',
    temporalTaskQueue: 'lotkeeper',
    temporalCli: undefined,
    temporalAccess: {},
    temporalDataConverter: undefined,
    files: [],
    tracing: false,
    temporalCodecKeys: [],
    codecServer: { port: 8234, token: undefined, origins: [] },
    workerBuildId: undefined,
    policiesDir: path.join(root, 'policies'),
    logLevel: 'info',
    workerMetricsAddress: undefined,
    publicUrl: undefined,
    stripe: { secretKey: undefined, apiBase: undefined, retrySeconds: 600, webhookSecrets: {} },
    gumroad: { token: undefined, webhookSecret: undefined, apiBase: undefined },
    mail: { smtpUrl: undefined, from: 'no-reply@localhost.localdomain' },
    serverSecrets: undefined,
    webhookTargets: { loopback: false },
    trustProxy: undefined,
    console: { url: undefined, openId: null },
    temporalUi: null,
  })
})

test.each([
  ['PORT', '0', { port: 0 }],
  ['PORT', ' 8080 ', { port: 8080 }],
  ['PORT', '', { port: 3000 }],
  ['PORT', '  ', { port: 3000 }],
  ['NODE_ENV', 'production', { nodeEnv: 'production' }],
  ['LOTKEEPER_DATA_DIR', 'data', { dataDir: path.resolve('data') }],
  ['LOTKEEPER_DATA_DIR', '/srv/data', { dataDir: '/srv/data' }],
  ['DATABASE_URL', 'postgresql://a:b@db/credits', { databaseUrl: 'postgresql://a:b@db/credits' }],
  ['DATABASE_READ_URL', 'postgresql://a:b@replica/credits', { databaseReadUrl: 'postgresql://a:b@replica/credits' }],
  ['DATABASE_POOL', '5', { databasePool: 5 }],
  ['TEMPORAL_ADDRESS', 'temporal.internal:7233', { temporalAddress: 'temporal.internal:7233' }],
  ['TEMPORAL_ADDRESS', '[::1]:7233', { temporalAddress: '[::1]:7233' }],
  ['TEMPORAL_CLI', 'bin/temporal', { temporalCli: path.resolve('bin/temporal') }],
  ['OTEL_TRACES_EXPORTER', 'console', { tracing: true }],
  ['OTEL_TRACES_EXPORTER', 'none', { tracing: false }],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:4318', { tracing: true }],
  ['TEMPORAL_TLS', 'on', { temporalAccess: { tls: {} } }],
  ['TEMPORAL_API_KEY', 'ey.J', { temporalAccess: { tls: {}, apiKey: 'ey.J' } }],
  ['TEMPORAL_TLS_CA', PEM, { temporalAccess: { tls: { serverRootCACertificate: Buffer.from(PEM) } } }],
  ['WORKER_BUILD_ID', '1.4.0', { workerBuildId: '1.4.0' }],
  ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
  ['WORKER_METRICS_ADDRESS', '0.0.0.0:9464', { workerMetricsAddress: '0.0.0.0:9464' }],
  ['PUBLIC_URL', 'https://credits.example/', { publicUrl: 'https://credits.example' }],
  ['RECONCILE_MINUTES', '9', { reconcileMinutes: 9 }],
  ['STRIPE_RETRY_SECONDS', '60', { stripe: { retrySeconds: 60 } }],
  ['STRIPE_API_BASE', 'http://127.0.0.1:1', { stripe: { apiBase: 'http://127.0.0.1:1' } }],
  ['STRIPE_WEBHOOK_SECRET', ' whsec_a ', { stripe: { webhookSecrets: { '': 'whsec_a' } } }],
  ['CONSOLE_URL', 'https://console.example/', { console: { url: 'https://console.example', openId: null } }],
  ['TEMPORAL_UI', 'https://temporal.example/', { temporalUi: 'https://temporal.example' }],
  ['SMTP_URL', 'smtps://me:secret@mail.example', { mail: { smtpUrl: 'smtps://me:secret@mail.example' } }],
  ['MAIL_FROM', 'codes@myai.example', { mail: { from: 'codes@myai.example' } }],
  [
    'SERVER_SECRETS',
    '2:sixteen-letters-:2,1:sixteen-letters-1',
    {
      serverSecrets: [
        { version: 2, secret: 'sixteen-letters-:2' },
        { version: 1, secret: 'sixteen-letters-1' },
      ],
    },
  ],
  ['WEBHOOKS_TO_LOOPBACK', 'on', { webhookTargets: { loopback: true } }],
  ['STRIPE_WEBHOOK_SECRET_X_DESIGN', 'whsec_x', { stripe: { webhookSecrets: { X_DESIGN: 'whsec_x' } } }],
])('%s=%j is accepted', (name, value, expected) => {
  expect(readConfig({ [name]: value })).toMatchObject(expected)
})

test.each([
  ['NODE_ENV', 'staging', 'one of development, test, production'],
  ['PORT', '65536', 'a whole number from 0 to 65535'],
  ['PORT', '-1', 'a whole number from 0 to 65535'],
  ['PORT', '3000.5', 'a whole number from 0 to 65535'],
  ['PORT', '0x50', 'a whole number from 0 to 65535'],
  ['HOST', 'my host', 'a host name or an IP address'],
  ['DATABASE_POOL', '0', 'a whole number from 1 to 10000'],
  ['TEMPORAL_ADDRESS', 'localhost', 'host:port'],
  ['TEMPORAL_ADDRESS', 'http://localhost', 'host:port'],
  ['TEMPORAL_NAMESPACE', 'a b', 'a name without spaces'],
  ['TEMPORAL_TASK_QUEUE', 'a b', 'a name without spaces'],
  ['TEMPORAL_TLS', 'yes', 'one of on, off'],
  ['TEMPORAL_TLS_CERT', '/etc/cert.pem', 'a certificate in PEM'],
  ['LOG_LEVEL', 'verbose', 'one of fatal, error, warn, info, debug, trace, silent'],
  ['WORKER_METRICS_ADDRESS', 'localhost:9464', 'IP address:port, such as 127.0.0.1:9464'],
  ['PUBLIC_URL', 'credits.example', 'an http or https URL'],
  ['CONSOLE_ROLES', 'owner@kvidai=leads', 'role@product=group'],
  ['CONSOLE_ROLES', 'admin@kvidai', 'role@product=group'],
])('%s=%j is refused', (name, value, expected) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(`${name}: expected ${expected}`)
  expect(read).toThrow(JSON.stringify(value))
})

const openId = { CONSOLE_ISSUER: 'https://login.example', CONSOLE_CLIENT_ID: 'lotkeeper' }

test('the console has the roles of groups, whose names may hold anything but a comma', () => {
  const { console } = readConfig({ ...openId, CONSOLE_ROLES: 'support@x-design=/care, read@*=a b=c@d' })
  expect(console.openId).toMatchObject({
    issuer: 'https://login.example',
    scopes: 'openid profile email',
    groupsClaim: 'groups',
    roles: [
      { role: 'support', product: 'x-design', group: '/care' },
      { role: 'read', product: '*', group: 'a b=c@d' },
    ],
  })
})

test('an identity provider needs a client and roles, and https in production', () => {
  expect(() => readConfig(openId)).toThrow('CONSOLE_ISSUER needs CONSOLE_CLIENT_ID and CONSOLE_ROLES')
  const production = { ...openId, NODE_ENV: 'production', CONSOLE_ROLES: 'read@*=all' }
  expect(readConfig(production).console.openId).not.toBeNull()
  expect(() => readConfig({ ...production, CONSOLE_ISSUER: 'http://login.example' })).toThrow('expected an https URL')
})

test('every wrong variable is named, one per line', () => {
  const read = () => readConfig({ PORT: 'http', LOG_LEVEL: 'loud' })
  expect(read).toThrow(/^PORT: .*\nLOG_LEVEL: .*$/)
})

test.each([
  ['SERVER_SECRETS', 'sixteen-letters-1'],
  ['SERVER_SECRETS', '1:short'],
  ['SERVER_SECRETS', '1:sixteen-letters-1,1:sixteen-letters-2'],
  ['SMTP_URL', 'http://mail.example'],
])('%s=%j is refused without being shown', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(`${name}: expected`)
  expect(read).not.toThrow(value)
})

test('a certificate needs its key', () => {
  const key = '-----BEGIN PRIVATE KEY-----'
  const both = readConfig({ TEMPORAL_TLS_CERT: PEM, TEMPORAL_TLS_KEY: key }).temporalAccess
  expect(both).toEqual({ tls: { clientCertPair: { crt: Buffer.from(PEM), key: Buffer.from(key) } } })
  expect(() => readConfig({ TEMPORAL_TLS_CERT: PEM })).toThrow('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY')
})

test('a secret is never shown', () => {
  const read = () => readConfig({ DATABASE_URL: 'mysql://root:hunter2@db/credits' })
  expect(read).toThrow(/^DATABASE_URL: expected a URL/)
  expect(read).not.toThrow(/hunter2/)
})

test('any variable may be read from a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-config-'))
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const config = readConfig({
    DATABASE_URL_FILE: file('database', 'postgres://a:b@db/credits\n'),
    STRIPE_WEBHOOK_SECRET_X_DESIGN_FILE: file('stripe', 'whsec_1\n'),
  })
  expect(config.databaseUrl).toBe('postgres://a:b@db/credits')
  expect(config.stripe.webhookSecrets).toEqual({ X_DESIGN: 'whsec_1' })
  expect(() => readConfig({ DATABASE_URL_FILE: '/nowhere' })).toThrow('DATABASE_URL_FILE: /nowhere cannot be read')
  expect(() => readConfig({ PORT: '1', PORT_FILE: '/nowhere' })).toThrow('PORT and PORT_FILE are both set')
  rmSync(folder, { recursive: true })
})
