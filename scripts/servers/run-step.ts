import { spawn } from 'node:child_process'
import path from 'node:path'
import { sendSignal } from './processes.ts'

interface Step {
  command: string
  args: string[]
  /** After so many seconds it is stopped, unless `isMoving` says that it gets on: then it may go on as long again. */
  seconds: number
  isMoving?: () => boolean
  onProgress: (line: string) => void
  /** Stops it. */
  signal?: AbortSignal
}

const secondsBetweenSigns = 20
const projectRoot = path.resolve(import.meta.dirname, '../..')

/**
 * Runs a program that may take minutes, with a sign of life now and then. Answers undefined when it succeeded,
 * otherwise the reason in a line.
 */
export function runStep({
  command,
  args,
  seconds,
  isMoving,
  onProgress,
  signal,
}: Step): Promise<string | undefined> {
  return new Promise(resolve => {
    // Detached, so that it has a group, which can be stopped with all its children.
    const child = spawn(command, args, {
      cwd: projectRoot,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const began = performance.now()
    let deadline = seconds
    let lastWords = ''
    let stopped: string | undefined
    const stop = (reason: string) => {
      stopped ??= reason
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL')
    }
    const interrupt = () => stop('interrupted')
    const signs = setInterval(() => {
      const elapsed = Math.round((performance.now() - began) / 1000)
      if (elapsed >= deadline && !isMoving?.()) return stop(`gave up after ${elapsed} s`)
      if (elapsed >= deadline) deadline += seconds
      onProgress(`  … still at it after ${elapsed} s`)
    }, secondsBetweenSigns * 1000)
    const finish = (failure: string | undefined) => {
      clearInterval(signs)
      signal?.removeEventListener('abort', interrupt)
      resolve(failure)
    }
    child.stderr.on('data', chunk => {
      lastWords = `${lastWords}${chunk}`.slice(-2000)
    })
    child.once('error', error => finish(error.message))
    child.once('close', code => finish(code === 0 ? undefined : (stopped ?? lastLine(lastWords, code))))
    signal?.addEventListener('abort', interrupt)
    if (signal?.aborted) interrupt()
  })
}

function lastLine(words: string, code: number | null): string {
  return words.trim().split('\n').at(-1)?.slice(-300) || `exit code ${code}`
}
