import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../root.ts'
import { environment } from '../run/servers.ts'

const run = promisify(execFile)
const folder = path.join(root, '.lotkeeper/python')
const MINUTES = 60_000

/** A Python with the packages of examples/python-service, installed once; null without Python or package index. */
export async function pythonWithTemporal(): Promise<string | null> {
  const python = path.join(folder, 'bin/python')
  const works = () =>
    run(python, ['-c', 'import temporalio.client']).then(
      () => true,
      () => false,
    )
  if (existsSync(python) && (await works())) return python
  try {
    await mkdir(path.dirname(folder), { recursive: true })
    await run('python3', ['-m', 'venv', folder], { env: environment({}), timeout: 2 * MINUTES })
    const requirements = path.join(root, 'examples/python-service/requirements.txt')
    const install = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', requirements]
    await run(python, install, { env: environment({}), timeout: 4 * MINUTES })
    return (await works()) ? python : null
  } catch {
    return null
  }
}

/** Runs the Python service. @returns its output, one line of JSON */
export async function runService(python: string, args: string[]): Promise<any> {
  const service = path.join(root, 'examples/python-service/service.py')
  const { stdout } = await run(python, [service, ...args], { env: environment({}), timeout: MINUTES })
  return JSON.parse(stdout)
}
