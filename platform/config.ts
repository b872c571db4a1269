import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import {
  absolutePath,
  certificate,
  codecKeys,
  consoleRoles,
  oneOf,
  origins,
  serverSecrets,
  text,
  url,
  wholeNumber,
} from './config-values.ts'

/** Invalid configuration. The message names each variable and the expected value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const projectRoot = path.resolve(import.meta.dirname, '..')

/** All environment variables. */
const variables = z.object({
  NODE_ENV: oneOf(['development', 'test', 'production']).default('development'),
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: text('a host name or an IP address').default('127.0.0.1'),
  LOTKEEPER_DATA_DIR: absolutePath.default(path.join(projectRoot, '.lotkeeper')),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'a URL such as postgres://user@host:5432/name').optional(),
  DATABASE_READ_URL: url(['postgres:', 'postgresql:'], 'a URL such as postgres://user@replica:5432/name').optional(),
  DATABASE_POOL: wholeNumber(1, 10_000).default(20),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^\S+:\d{1,5}$/, 'host:port, such as 127.0.0.1:7233')
    .optional(),
  TEMPORAL_NAMESPACE: text('a name without spaces').default('default'),
  TEMPORAL_TASK_QUEUE: text('a name without spaces').default('lotkeeper'),
  TEMPORAL_CLI: absolutePath.optional(),
  TEMPORAL_API_KEY: text('a key without spaces').optional(),
  TEMPORAL_TLS: oneOf(['on', 'off']).optional(),
  TEMPORAL_TLS_CA: certificate('the certificate of an authority').optional(),
  TEMPORAL_TLS_CERT: certificate('a certificate').optional(),
  TEMPORAL_TLS_KEY: certificate('a private key').optional(),
  TEMPORAL_DATA_CONVERTER: text('aes-256-gcm, or the path of a module').optional(),
  TEMPORAL_CODEC_KEYS: codecKeys.optional(),
  CODEC_PORT: wholeNumber(0, 65535).default(8234),
  CODEC_TOKEN: z
    .string()
    .regex(/^[\w-]{16,}$/, 'at least 16 letters, digits, - or _')
    .optional(),
  CODEC_ORIGINS: origins.optional(),
  OTEL_TRACES_EXPORTER: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  WORKER_BUILD_ID: text('a name without spaces').optional(),
  POLICIES_DIR: absolutePath.default(path.join(projectRoot, 'policies')),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WORKER_METRICS_ADDRESS: z
    .string()
    .regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i, 'IP address:port, such as 127.0.0.1:9464')
    .optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'an http or https URL').optional(),
  DEMO_ACCOUNT: oneOf(['on', 'off']).default('on'),
  EMBED_ORIGINS: origins.optional(),
  RECONCILE_MINUTES: wholeNumber(1, 1_440).default(4),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w+$/, "Stripe's secret or restricted key, such as sk_test_… or rk_live_…")
    .optional(),
  STRIPE_RETRY_SECONDS: wholeNumber(1, 86_400).default(600),
  STRIPE_API_BASE: url(['http:', 'https:'], 'an http or https URL').optional(),
  GUMROAD_TOKEN: text('a token without spaces').optional(),
  GUMROAD_WEBHOOK_SECRET: text('a secret without spaces').optional(),
  GUMROAD_API_BASE: url(['http:', 'https:'], 'an http or https URL').optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'a URL such as smtps://user:password@host').optional(),
  MAIL_FROM: z.email({ error: 'an e-mail address' }).default('no-reply@localhost.localdomain'),
  SERVER_SECRETS: serverSecrets.optional(),
  WEBHOOKS_TO_LOOPBACK: oneOf(['on', 'off']).default('off'),
  REQUESTS_AT_ONCE: wholeNumber(1, 100_000).default(300),
  REQUESTS_PER_MINUTE: wholeNumber(1, 100_000_000).default(60_000),
  CLIENT_SECONDS: wholeNumber(1, 3_600).default(30),
  CONSOLE_URL: url(['http:', 'https:'], 'an http or https URL').optional(),
  CONSOLE_ISSUER: url(['http:', 'https:'], 'the https URL of an OpenID Connect provider').optional(),
  CONSOLE_CLIENT_ID: text('an id without spaces').optional(),
  CONSOLE_CLIENT_SECRET: text('a secret without spaces').optional(),
  CONSOLE_SCOPES: z.string().default('openid profile email'),
  CONSOLE_GROUPS_CLAIM: text('a name without spaces').default('groups'),
  CONSOLE_ROLES: consoleRoles.optional(),
  TEMPORAL_UI: url(['http:', 'https:'], 'an http or https URL').optional(),
  TRUST_PROXY: text('the number of proxies, or their addresses separated by commas').optional(),
})

/** For all products, or for one: STRIPE_WEBHOOK_SECRET_X_DESIGN belongs to x-design. */
const stripeWebhookSecret = /^STRIPE_WEBHOOK_SECRET(?:_([A-Z0-9_]+))?$/

/**
 * Reads the configuration from environment variables. Blank variables count as unset. Any variable can be read from a file,
 * as secrets usually are: DATABASE_URL_FILE is the path of the file with DATABASE_URL. Paths are returned absolute.
 * @throws ConfigError naming every invalid variable, without secrets
 */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const env = withFiles(environment)
  const given = withoutBlanks(env)
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new ConfigError(explain(parsed.error.issues, given))
  const values = parsed.data
  if (values.WEBHOOKS_TO_LOOPBACK === 'on' && values.NODE_ENV === 'production')
    throw new ConfigError('WEBHOOKS_TO_LOOPBACK: expected off in production, not "on"')
  return {
    nodeEnv: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    dataDir: values.LOTKEEPER_DATA_DIR,
    files: filesIn(environment).map(({ file }) => file),
    databaseUrl: values.DATABASE_URL,
    databaseReadUrl: values.DATABASE_READ_URL,
    databasePool: values.DATABASE_POOL,
    temporalAddress: values.TEMPORAL_ADDRESS,
    temporalNamespace: values.TEMPORAL_NAMESPACE,
    temporalTaskQueue: values.TEMPORAL_TASK_QUEUE,
    temporalCli: values.TEMPORAL_CLI,
    temporalAccess: accessOf(values),
    temporalDataConverter: values.TEMPORAL_DATA_CONVERTER,
    temporalCodecKeys: values.TEMPORAL_CODEC_KEYS ?? [],
    codecServer: { port: values.CODEC_PORT, token: values.CODEC_TOKEN, origins: values.CODEC_ORIGINS ?? [] },
    tracing: isTraced(values),
    workerBuildId: values.WORKER_BUILD_ID,
    policiesDir: values.POLICIES_DIR,
    logLevel: values.LOG_LEVEL,
    workerMetricsAddress: values.WORKER_METRICS_ADDRESS,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    demoAccount: values.DEMO_ACCOUNT === 'on',
    embedOrigins: values.EMBED_ORIGINS ?? [],
    reconcileMinutes: values.RECONCILE_MINUTES,
    stripe: {
      secretKey: values.STRIPE_SECRET_KEY,
      apiBase: values.STRIPE_API_BASE,
      retrySeconds: values.STRIPE_RETRY_SECONDS,
      webhookSecrets: stripeWebhookSecrets(env),
    },
    gumroad: {
      token: values.GUMROAD_TOKEN,
      webhookSecret: values.GUMROAD_WEBHOOK_SECRET,
      apiBase: values.GUMROAD_API_BASE,
    },
    mail: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM },
    serverSecrets: values.SERVER_SECRETS,
    webhookTargets: { loopback: values.WEBHOOKS_TO_LOOPBACK === 'on' },
    console: { url: values.CONSOLE_URL?.replace(/\/+$/, ''), openId: openIdOf(values) },
    temporalUi: values.TEMPORAL_UI?.replace(/\/+$/, '') ?? null,
    trustProxy: values.TRUST_PROXY,
    requestsAtOnce: values.REQUESTS_AT_ONCE,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    clientSeconds: values.CLIENT_SECONDS,
  }
}

/** TLS and credentials for a Temporal cluster or Temporal Cloud. */
function accessOf(values: z.infer<typeof variables>) {
  const { TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = values
  if (!crt !== !key) throw new ConfigError('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY must be set together')
  if (!(ca || crt || apiKey || values.TEMPORAL_TLS === 'on')) return {}
  const tls = {
    ...(ca ? { serverRootCACertificate: Buffer.from(ca) } : {}),
    ...(crt && key ? { clientCertPair: { crt: Buffer.from(crt), key: Buffer.from(key) } } : {}),
  }
  return { tls, ...(apiKey ? { apiKey } : {}) }
}

/** The OpenID Connect provider of the console; null if none is set. */
function openIdOf(values: z.infer<typeof variables>) {
  const { CONSOLE_ISSUER: issuer, CONSOLE_CLIENT_ID: clientId, CONSOLE_ROLES: roles } = values
  if (!issuer) return null
  if (!clientId || !roles) throw new ConfigError('CONSOLE_ISSUER needs CONSOLE_CLIENT_ID and CONSOLE_ROLES')
  if (issuer.startsWith('http:') && values.NODE_ENV === 'production')
    throw new ConfigError(`CONSOLE_ISSUER: expected an https URL in production, not ${JSON.stringify(issuer)}`)
  const { CONSOLE_CLIENT_SECRET: clientSecret, CONSOLE_SCOPES: scopes, CONSOLE_GROUPS_CLAIM: groupsClaim } = values
  return { issuer, clientId, clientSecret, scopes, groupsClaim, roles }
}

/** Traces are exported where OpenTelemetry's own variables name an exporter or its endpoint. */
function isTraced(values: z.infer<typeof variables>): boolean {
  const { OTEL_TRACES_EXPORTER: exporter, OTEL_SDK_DISABLED: disabled } = values
  const endpoint = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT
  return disabled?.toLowerCase() !== 'true' && exporter !== 'none' && Boolean(exporter ?? endpoint)
}

/** Secrets by product in capitals, such as X_DESIGN; "" is for all other products. */
function stripeWebhookSecrets(env: NodeJS.ProcessEnv): Record<string, string> {
  const found = Object.entries(env).flatMap(([name, value]) => {
    const match = stripeWebhookSecret.exec(name)
    return match && value?.trim() ? [[match[1] ?? '', value.trim()] as const] : []
  })
  return Object.fromEntries(found)
}

export type Config = ReturnType<typeof readConfig>
export type OpenIdSettings = NonNullable<Config['console']['openId']>

/** The account that `npm start` fills with a year of history. */
export type Demo = { product: string; account: string }

/** The configuration with the addresses of its servers, and what `npm start` adds for its start page. */
export type AppConfig = Config & {
  databaseUrl: string
  temporalAddress: string
  demo?: Demo
}

/** The database's URL. @throws ConfigError if DATABASE_URL is not set */
export function databaseOf({ databaseUrl }: Config): string {
  if (databaseUrl) return databaseUrl
  throw new ConfigError('DATABASE_URL is not set. Set it to the URL of the PostgreSQL database.')
}

/** The connection options for Temporal. */
export function temporalOf({ temporalAddress, temporalAccess }: Pick<AppConfig, 'temporalAddress' | 'temporalAccess'>) {
  return { address: temporalAddress, ...temporalAccess }
}

function withFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const read = { ...env }
  for (const { name, variable, file } of filesIn(env)) {
    if (env[variable]?.trim()) throw new ConfigError(`${variable} and ${name} are both set: set only one of them`)
    delete read[name]
    read[variable] = contentOf(name, file)
  }
  return read
}

/** The variables that are read from files: DATABASE_URL_FILE is the path of the file with DATABASE_URL. */
function filesIn(env: NodeJS.ProcessEnv): { name: string; variable: string; file: string }[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const variable = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : ''
    const isKnown = Object.hasOwn(variables.shape, variable) || stripeWebhookSecret.test(variable)
    const file = value?.trim()
    return isKnown && file ? [{ name, variable, file }] : []
  })
}

function contentOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(`${name}: ${file} cannot be read`)
  }
}

function withoutBlanks(env: NodeJS.ProcessEnv): Record<string, string> {
  const given: Record<string, string> = {}
  for (const name of Object.keys(variables.shape)) {
    const value = env[name]?.trim()
    if (value) given[name] = value
  }
  return given
}

function explain(issues: z.core.$ZodIssue[], given: Record<string, string>): string {
  const sentences = issues.map(issue => {
    const name = String(issue.path[0])
    const shown = isSecret(name) ? 'the current value (not shown)' : JSON.stringify(given[name])
    return `${name}: expected ${issue.message}, not ${shown}`
  })
  return sentences.join('\n')
}

function isSecret(name: string): boolean {
  return /KEY|SECRET|TOKEN|PASSWORD|DATABASE_(READ_)?URL|SMTP_URL/.test(name)
}
