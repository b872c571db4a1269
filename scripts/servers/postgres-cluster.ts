import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { allows, type SystemUser, sharedFolder } from './system-user.ts'

/** A cluster's folder with its data directory and password. */
export interface Cluster {
  folder: string
  data: string
  passwordFile: string
}

/**
 * Finds or creates the cluster's folder: `postgres` in the data folder, or a link there to /var/lib/lotkeeper if `user` may
 * not enter the data folder. `fillCluster` creates its files.
 */
export async function findCluster(dataDir: string, user: SystemUser | undefined): Promise<Cluster> {
  const place = path.join(dataDir, 'postgres')
  if (!existsSync(place)) await makeFolder(place, user)
  const folder = await realpath(place)
  if (!allows(user, 'test -w "$1"', folder)) {
    const who = user ? 'the user postgres' : 'you'
    throw new Error(
      `The database in ${place} cannot be used, because ${who} may not write to it. ` +
        'Start as the user who created it, or set LOTKEEPER_DATA_DIR to another folder.',
    )
  }
  return { folder, data: path.join(folder, 'data'), passwordFile: path.join(folder, 'password') }
}

/** Creates the files of a new cluster; removes those of an interrupted attempt. */
export async function fillCluster(cluster: Cluster, initdb: string, user: SystemUser | undefined): Promise<void> {
  await removeDrafts(cluster.folder)
  const password = cluster.passwordFile
  await rm(password, { force: true })
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' })
  if (user) await chown(password, user.uid, user.gid)
  const draft = path.join(cluster.folder, `draft-${randomBytes(6).toString('hex')}`)
  const access = ['--username=lotkeeper', '--auth=scram-sha-256', `--pwfile=${password}`]
  const options = ['--encoding=UTF8', '--locale=C', `--pgdata=${draft}`]
  await promisify(execFile)(initdb, [...access, ...options], { cwd: '/', ...user })
  await rename(draft, cluster.data)
}

export async function readPassword(cluster: Cluster): Promise<string> {
  return (await readFile(cluster.passwordFile, 'utf8')).trim()
}

async function makeFolder(place: string, user: SystemUser | undefined): Promise<void> {
  // Remove a link to a deleted folder.
  await rm(place, { force: true })
  const near = await folderFor(`${place}.`, user)
  if (allows(user, 'test -w "$1"', near)) return rename(near, place)
  await rm(near, { recursive: true })
  await symlink(await folderFor(path.join(sharedFolder('clusters'), 'cluster-'), user), place)
}

async function folderFor(prefix: string, user: SystemUser | undefined): Promise<string> {
  const folder = await mkdtemp(prefix)
  if (user) await chown(folder, user.uid, user.gid)
  return folder
}

async function removeDrafts(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter(name => name.startsWith('draft-'))
  // Retries, because the initdb of a killed start may still write.
  const options = { recursive: true, force: true, maxRetries: 10 }
  for (const draft of drafts) await rm(path.join(folder, draft), options)
}
