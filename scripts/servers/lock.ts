import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processMark } from './processes.ts'

/** A running process holds the lock. */
export class LockedError extends Error {
  override name = 'LockedError'
  readonly pid: number
  readonly note: string

  constructor(pid: number, note: string) {
    super(`process ${pid} holds the lock`)
    this.pid = pid
    this.note = note
  }
}

interface Holder {
  pid: number
  mark: string
  note: string
}

/**
 * Takes a file lock; `note` is shown to others who try. A lock of a dead process does not count.
 * @returns a function that releases it
 * @throws LockedError
 */
export function takeLock(file: string, note: string): () => void {
  const own: Holder = { pid: process.pid, mark: processMark(process.pid) ?? '', note }
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    // A hard link appears with all its content, and fails if the file exists.
    while (!tryLink(draft, file)) removeIfStale(file)
  } finally {
    rmSync(draft, { force: true })
  }
  return () => rmSync(file, { force: true })
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function removeIfStale(file: string): void {
  const holder = readHolder(file)
  if (isRunning(holder)) throw new LockedError(holder.pid, holder.note)
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Another start may have replaced the lock between read and rename: restore that one.
  if (isRunning(readHolder(aside))) tryLink(aside, file)
  rmSync(aside, { force: true })
}

function isRunning(holder: Holder | undefined): holder is Holder {
  return holder !== undefined && holder.mark !== '' && processMark(holder.pid) === holder.mark
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
