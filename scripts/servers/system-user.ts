import { execFileSync, spawnSync } from 'node:child_process'

/** A user of this machine, in the form that child_process takes. */
export interface SystemUser {
  uid: number
  gid: number
}

/**
 * The user `postgres`, made if this machine has none; undefined where we are not root and need no other user.
 * Throws when it cannot be made.
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const existing = findUser('postgres')
  if (existing) return existing
  const made = spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ])
  // Looked up whether or not useradd succeeded: another start may have made it at the same time.
  const user = findUser('postgres')
  if (user) return user
  const reason = made.error?.message ?? made.stderr.toString().trim()
  throw new Error(
    `PostgreSQL does not run as root, and the user postgres could not be made (${reason}). ` +
      'Start as a normal user, or set DATABASE_URL.',
  )
}

/** Runs a shell test as the user (or as ourselves) and says whether it succeeded; `$1` is the path. */
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
