import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processMark } from './processes.ts'

/** Another process that still runs holds the lock. */
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
 * Takes the lock that this file stands for, with a note for whoever finds it taken, and returns the function
 * that gives it back. The lock of a process that was killed does not count. Throws a LockedError.
 */
export function takeLock(file: string, note: string): () => void {
  const own: Holder = { pid: process.pid, mark: processMark(process.pid) ?? '', note }
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    // A hard link, because it is made at once, with all its content, and fails where the file is there already.
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
  // Between reading and renaming another start may have replaced it: that one is given back.
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
