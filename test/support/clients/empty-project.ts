import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../root.ts'
import { environment } from '../run/servers.ts'

const run = promisify(execFile)

/** A project outside of this checkout. */
export type EmptyProject = {
  folder: string
  write(file: string, text: string): Promise<string>
  /** Runs a program in the project. @returns what it prints. @throws with what it prints, where it fails */
  run(program: string, args: string[], variables?: Record<string, string>): Promise<string>
  remove(): Promise<void>
}

/**
 * Packs clients by `npm pack`, and installs them in an empty project.
 * @param others packages to install, in the version that this checkout has
 */
export async function projectWith(clients: string[], others: string[]): Promise<EmptyProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-project-'))
  const project: EmptyProject = {
    folder,
    async write(file, text) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), text)
      return file
    },
    run: (program, args, variables = {}) => output(program, args, folder, variables),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
  await project.write('package.json', JSON.stringify({ private: true, type: 'module' }))
  const packed = await Promise.all(clients.map(client => pack(client, folder)))
  const versions = await Promise.all(others.map(async name => `${name}@${await versionOf(name)}`))
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']
  await project.run('npm', ['install', ...quiet, ...packed, ...versions])
  return project
}

async function pack(client: string, folder: string): Promise<string> {
  const args = ['pack', '--json', '--pack-destination', folder]
  const printed = await run('npm', args, { cwd: path.join(root, 'clients', client), env: environment({}) })
  const [, name] = /"filename": "([^"]+)"/.exec(printed.stdout) ?? []
  return `./${name}`
}

async function versionOf(name: string): Promise<string> {
  return JSON.parse(await readFile(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}

async function output(program: string, args: string[], cwd: string, variables: Record<string, string>) {
  try {
    return (await run(program, args, { cwd, env: environment(variables), timeout: 120_000 })).stdout
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string }
    throw new Error(`${message}\n${stdout}`)
  }
}
