import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'

/**
 * Copies a running server, as backup tools do: recovery repairs torn pages from the WAL written until the end.
 * @param dataDir of startPostgres
 * @returns a data folder for startPostgres, which recovers from it
 */
export async function backUpOnline(databaseUrl: string, dataDir: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-backup-'))
  // PostgreSQL runs as another user where we are root, and must find its data in there.
  await chmod(folder, 0o711)
  const from = await realpath(path.join(dataDir, 'postgres'))
  const to = path.join(folder, 'postgres')
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(`select pg_backup_start('test', true)`)
  await copy(from, to)
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  await client.end()
  await rm(path.join(to, 'data/pg_wal'), { recursive: true })
  await copy(path.join(from, 'data/pg_wal'), path.join(to, 'data/pg_wal'))
  for (const file of ['lock', 'data/postmaster.pid']) await rm(path.join(to, file), { force: true })
  const label = path.join(to, 'data/backup_label')
  await writeFile(label, rows[0]?.labelfile ?? '')
  const { uid, gid } = await stat(path.join(to, 'data'))
  await chown(label, uid, gid)
  return folder
}

/** Keeps owners and modes. Files that disappear meanwhile are not needed. */
function copy(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('cp', ['-a', from, to], { env: { ...process.env, LC_ALL: 'C' } }, (error, _, stderr) => {
      const failures = stderr.split('\n').filter(line => line && !line.includes('No such file or directory'))
      if (error && (failures.length > 0 || stderr === '')) reject(error)
      else resolve()
    })
  })
}
