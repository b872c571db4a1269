import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LockedError, takeLock } from '../../scripts/servers/lock.ts'
import { processMark } from '../../scripts/servers/processes.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-lock-'))
  file = path.join(folder, 'lock')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a lock has one holder at a time, and its file is removed on release', () => {
  const unlock = takeLock(file, 'port 3000')
  expect(() => takeLock(file, 'port 3001')).toThrow(LockedError)
  expect(() => takeLock(file, 'port 3001')).toThrow(expect.objectContaining({ pid: process.pid, note: 'port 3000' }))
  unlock()
  expect(readdirSync(folder)).toEqual([])
  takeLock(file, 'port 3001')()
})

test('the lock of a killed process is taken over', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(holder, 'spawn')
  const mark = processMark(holder.pid ?? 0)
  writeFileSync(file, JSON.stringify({ pid: holder.pid, mark, note: '' }))
  expect(() => takeLock(file, '')).toThrow(LockedError)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  takeLock(file, '')
  expect(readdirSync(folder)).toEqual(['lock'])
})

test('a process that reuses the pid of a killed holder does not hold its lock', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, mark: 'another boot/1', note: '' }))
  takeLock(file, '')()
  expect(existsSync(file)).toBe(false)
})

test('an unreadable lock is taken over', () => {
  writeFileSync(file, '')
  takeLock(file, '')()
  expect(existsSync(file)).toBe(false)
})
