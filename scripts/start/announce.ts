import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AppConfig, Config } from '../../platform/config.ts'
import { styled } from '../terminal.ts'

interface Opened {
  apiUrl: string
  /** Undefined in production, which has no development keys. */
  keysFile: string | undefined
  /** A link to the demo account's portal; it works once. */
  demoPage: string | undefined
  /** Null with an external Temporal server. */
  temporalUi: string | null
}

export function connectionsFile({ dataDir }: Config): string {
  return path.join(dataDir, 'connections.json')
}

/** Writes connections.json, readable by its owner only, and prints all addresses. */
export async function announce(config: AppConfig, opened: Opened, print: (line: string) => void): Promise<void> {
  const { apiUrl, keysFile, temporalUi, demoPage } = opened
  await writeConnections(config, opened)
  const mailbox = config.mail.smtpUrl || config.nodeEnv === 'production' ? null : `${apiUrl}/mailbox`
  const lines = [
    '',
    styled(['bold', 'green'], 'Lotkeeper is running.'),
    address('API', apiUrl),
    keysFile && address('Start page', `${apiUrl}/`),
    address('Reference', `${apiUrl}/docs`),
    temporalUi && address('Temporal UI', temporalUi),
    demoPage && address('Demo page', demoPage),
    mailbox && address('Mailbox', mailbox),
    address('Metrics', `${apiUrl}/metrics, and the worker's at http://${config.workerMetricsAddress}/metrics`),
    keysFile && address('Keys', keysFile),
    address('Data', config.dataDir),
    '',
    'To try it, in another terminal:',
    `  curl ${apiUrl}/readyz`,
    '  npm run demo',
    demoPage && '  npm run page -- kvidai demo      another link; each works once',
    '',
    'Press Ctrl-C to stop. Your data is kept.',
  ]
  print(lines.filter(line => typeof line === 'string').join('\n'))
}

function address(name: string, where: string): string {
  return `  ${styled('dim', name.padEnd(11))}  ${where}`
}

async function writeConnections(config: AppConfig, { apiUrl, temporalUi }: Opened): Promise<void> {
  const connections = {
    api: apiUrl,
    database_url: config.databaseUrl,
    temporal_address: config.temporalAddress,
    temporal_ui: temporalUi,
    worker_metrics: `http://${config.workerMetricsAddress}/metrics`,
  }
  const file = connectionsFile(config)
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(connections, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}
