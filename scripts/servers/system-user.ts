import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import path from 'node:path'

export interface SystemUser {
  uid: number
  gid: number
}

/**
 * The user `postgres`, created if missing; undefined when we are not root.
 * @throws Error when it cannot be created
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const existing = findUser('postgres')
  if (existing) return existing
  const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  // useradd also fails when another start has just created it.
  const user = findUser('postgres')
  if (user) return user
  const reason = made.error?.message ?? made.stderr.toString().trim()
  throw new Error(
    `PostgreSQL does not run as root, and the user postgres could not be created (${reason}). ` +
      'Start as a normal user, or set DATABASE_URL.',
  )
}

/** Runs a shell test on the path `$1` as the user. @returns whether it succeeded */
export function allows(user: SystemUser | undefined, test: string, path: string): boolean {
  return spawnSync('/bin/sh', ['-c', test, 'sh', path], { cwd: '/', stdio: 'ignore', ...user }).status === 0
}

function findUser(name: string): SystemUser | undefined {
  const ask = (option: string) =>
    Number(execFileSync('id', [option, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return undefined
  }
}

const root = '/var/lib/lotkeeper'

/**
 * A folder that only root may change and everyone may enter, for files that the postgres user must read.
 * @throws Error when others may write to it
 */
export function sharedFolder(name: string): string {
  const folder = path.join(root, name)
  for (const each of [root, folder]) {
    if (mkdirSync(each, { recursive: true })) chmodSync(each, 0o755)
    const found = lstatSync(each)
    if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022) {
      throw new Error(`${each} must be a folder that belongs to root and that no one else may write to.`)
    }
  }
  return folder
}
