import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import path from 'node:path'

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
