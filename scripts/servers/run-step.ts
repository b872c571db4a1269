import { spawn } from 'node:child_process'
import path from 'node:path'
import { sendSignal } from './processes.ts'

interface Step {
  command: string
  args: string[]
  /** time-out, extended by the same time while `isMoving` returns true */
  seconds: number
  isMoving?: () => boolean
  onProgress: (line: string) => void
  signal?: AbortSignal
}

const PROGRESS_INTERVAL_SECONDS = 20
const projectRoot = path.resolve(import.meta.dirname, '../..')

/** Runs a program that may take minutes and prints its progress. @returns undefined on success, else the reason */
export function runStep({ command, args, seconds, isMoving, onProgress, signal }: Step): Promise<string | undefined> {
  return new Promise(resolve => {
    // Detached for a process group of its own, which can be killed with all children.
    const child = spawn(command, args, {
      cwd: projectRoot,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const began = performance.now()
    let deadline = seconds
    let stderr = ''
    let stopped: string | undefined
    const stop = (reason: string) => {
      stopped ??= reason
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL')
    }
    const interrupt = () => stop('interrupted')
    const progress = setInterval(() => {
      const elapsed = Math.round((performance.now() - began) / 1000)
      if (elapsed >= deadline && !isMoving?.()) return stop(`gave up after ${elapsed} s`)
      if (elapsed >= deadline) deadline += seconds
      onProgress(`  … still running after ${elapsed} s`)
    }, PROGRESS_INTERVAL_SECONDS * 1000)
    const finish = (failure: string | undefined) => {
      clearInterval(progress)
      signal?.removeEventListener('abort', interrupt)
      resolve(failure)
    }
    child.stderr.on('data', chunk => {
      stderr = `${stderr}${chunk}`.slice(-2000)
    })
    child.once('error', error => finish(error.message))
    child.once('close', code => finish(code === 0 ? undefined : (stopped ?? lastLine(stderr, code))))
    signal?.addEventListener('abort', interrupt)
    if (signal?.aborted) interrupt()
  })
}

function lastLine(words: string, code: number | null): string {
  return words.trim().split('\n').at(-1)?.slice(-300) || `exit code ${code}`
}
