import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../root.ts'
import { environment, isCi } from '../run/servers.ts'

const run = promisify(execFile)
const MINUTES = 60_000
const folder = path.join(root, '.lotkeeper/python-client')
const client = path.join(root, 'clients/python')

/** Runs Python with the client of this checkout. */
export type PythonClient = {
  /** @returns what it prints. @throws with what it prints, where it fails */
  run(args: string[], variables?: Record<string, string>): Promise<string>
}

/**
 * Installs clients/python with pip, as a user does. What it needs, and mypy, are installed once.
 * @returns null, with a sentence, where Python 3.11 with pip is missing, but for CI
 */
export async function installPythonClient(): Promise<PythonClient | null> {
  const version = 'import sys; sys.exit(sys.version_info < (3, 11))'
  const works = await python(['-c', version]).then(
    () => python(['-m', 'pip', '--version']).then(() => true),
    () => false,
  )
  if (!works && isCi) throw new Error('CI needs Python 3.11 or later with pip.')
  if (!works) {
    console.warn('No Python 3.11 with pip: the tests of the Python client are left out (apt-get install python3-pip).')
    return null
  }
  await mkdir(folder, { recursive: true })
  if (!existsSync(path.join(folder, 'mypy'))) await pipInstall(client, 'mypy==2.4.1')
  else await pipInstall('--no-deps', '--upgrade', client)
  return { run: (args, variables = {}) => python(args, variables) }
}

function pipInstall(...args: string[]) {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-compile', '--root-user-action=ignore']
  return python(['-m', 'pip', 'install', ...quiet, '--target', folder, ...args])
}

async function python(args: string[], variables: Record<string, string> = {}): Promise<string> {
  const env = environment({ PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', ...variables })
  try {
    const { stdout, stderr } = await run('python3', args, { cwd: client, env, timeout: 2 * MINUTES })
    return stdout + stderr
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string }
    throw new Error(`${message}\n${stdout}`)
  }
}
