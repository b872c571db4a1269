// npm run test:schema: runs schemathesis (from PyPI) against the server of npm start.
// Arguments after -- go to schemathesis, such as --max-time 600.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '../../platform/config.ts'
import { runCommand } from '../../platform/run-command.ts'
import { findRunning } from '../../scripts/running.ts'

const VERSION = '4.32.5'
/**
 * Not checked: acceptance of valid requests, which depends on balances (402, 403, 409); unsupported methods, which answer
 * 404 here; deleting keys, which would delete the key in use.
 */
const OPTIONS = [
  ...['--checks', 'all', '--exclude-checks', 'positive_data_acceptance,unsupported_method'],
  ...['--exclude-path', '/v1/keys/{id}'],
  ...['--continue-on-failure', '--request-timeout', '20'],
]
const folder = path.join(tmpdir(), `lotkeeper-schemathesis-${VERSION}`)
const program = path.join(folder, 'bin', 'schemathesis')

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: folder })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

await runCommand(() => {
  const { api, keys } = findRunning(readConfig(process.env).dataDir)
  const key = Object.values(keys)[0]?.admin
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    run('python3', ['-m', 'venv', folder])
    run(path.join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`])
  }
  const config = path.join(import.meta.dirname, 'schemathesis.toml')
  const authorization = `Authorization: Bearer ${key}`
  const to = ['--config-file', config, 'run', `${api}/openapi.json`, '--header', authorization]
  run(program, [...to, ...OPTIONS, ...process.argv.slice(2)])
  return 0
})
