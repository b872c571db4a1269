import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmdirSync } from 'node:fs'
import { open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { postgresUser } from '../../../scripts/servers/system-user.ts'

/** A small file system that can be filled, owned by the user of PostgreSQL. */
export type SmallDisk = {
  folder: string
  /** Fills it. */
  fill(): Promise<void>
  /** Frees the space again. */
  freeSpace(): Promise<void>
  remove(): void
}

/** Mounts one, as root. @returns the disk, or the reason why there is none */
export function mountSmallDisk(megabytes: number): SmallDisk | string {
  if (process.getuid?.() !== 0) return 'only root may mount a small file system'
  const folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-small-'))
  const options = `size=${megabytes}m,mode=700`
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  })
  if (status !== 0) {
    rmdirSync(folder)
    return `a small file system could not be mounted: ${stderr?.trim() || 'the mount program is missing'}`
  }
  const user = postgresUser()
  if (user) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const filler = path.join(folder, 'filler')
  return {
    folder,
    fill: async () => {
      const file = await open(filler, 'a')
      const { bsize } = await statfs(folder)
      // Repeat until it is full: other processes write meanwhile.
      for (let size = 1024 * bsize; size >= bsize; )
        await file.write(Buffer.alloc(size)).catch(error => {
          if (error.code !== 'ENOSPC') throw error
          size /= 2
        })
      await file.close()
    },
    freeSpace: () => rm(filler),
    remove: () => {
      spawnSync('umount', ['--lazy', folder])
      rmdirSync(folder)
    },
  }
}
