import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { runStep } from './run-step.ts'

interface Search {
  /** Where the user says that it is (TEMPORAL_CLI). */
  cli?: string
  /** Where a fetched or built one is kept. */
  cacheDir: string
  onProgress: (line: string) => void
  /** Ends what is being fetched or built. */
  signal?: AbortSignal
}

// The last version that `go install` takes: the go.mod of later ones has replace directives.
const goPackage = 'github.com/temporalio/cli/cmd/temporal@v1.5.1'

/**
 * The path of a usable `temporal` program: TEMPORAL_CLI, the one on PATH, the one in the cache, or one that is now
 * fetched or built into the cache. Throws an Error that says what to install or to set.
 */
export async function findTemporal(search: Search): Promise<string> {
  if (search.cli) return checked(search.cli)
  const onPath = spawnSync('/bin/sh', ['-c', 'command -v temporal']).stdout.toString().trim()
  if (onPath && isUsable(onPath)) return onPath
  if (onPath) search.onProgress(`${onPath} is not used: it does not run, or is older than server 1.28`)
  const cached = path.join(search.cacheDir, 'temporal')
  if (isUsable(cached)) return cached
  await mkdir(search.cacheDir, { recursive: true })
  const found = (await intoCache(cached, download, search)) || (await intoCache(cached, build, search))
  search.signal?.throwIfAborted()
  if (found) return cached
  throw new Error(
    "Temporal's server is missing: it is not on PATH, and it could be neither downloaded nor built with Go. Install " +
      'the temporal command line program (https://docs.temporal.io/cli) or Go, or set TEMPORAL_CLI to its path, or ' +
      'TEMPORAL_ADDRESS to a server that runs.',
  )
}

function checked(cli: string): string {
  if (isUsable(cli)) return cli
  throw new Error(
    `TEMPORAL_CLI: ${cli} does not run as the temporal command line program with server 1.28 or later.`,
  )
}

function isUsable(executable: string): boolean {
  const answer = spawnSync(executable, ['--version'], { timeout: 20_000 })
  const server = /\(Server (\d+)\.(\d+)/.exec(answer.stdout?.toString() ?? '')
  // Generations rest on update-with-start, which older servers do not offer without being configured for it.
  return server !== null && (Number(server[1]) > 1 || Number(server[2]) >= 28)
}

type Maker = (folder: string, search: Search) => Promise<boolean>

/** Lets the maker work in a folder of its own and moves the program into the cache, whole; false without one. */
async function intoCache(cached: string, make: Maker, search: Search): Promise<boolean> {
  if (search.signal?.aborted) return false
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
  search.onProgress("Fetching Temporal's development server (some 100 MB, once)")
  // In a process of its own, because the SDK's download cannot be called off.
  const script = path.join(import.meta.dirname, 'download-temporal.ts')
  const args = ['--import', 'tsx', script, folder]
  const isMoving = growth(folder)
  const failure = await runStep({ command: process.execPath, args, seconds: 60, isMoving, ...search })
  if (failure) search.onProgress(`  it cannot be downloaded from here (${failure.split(': ').at(-1)})`)
  return failure === undefined
}

async function build(folder: string, search: Search): Promise<boolean> {
  if (spawnSync('go', ['version']).status !== 0) return false
  search.onProgress('Building Temporal with Go instead: about three minutes, once')
  const args = [`GOBIN=${folder}`, 'go', 'install', goPackage]
  const failure = await runStep({ command: 'env', args, seconds: 1200, ...search })
  if (failure && !search.signal?.aborted) search.onProgress(`  Go could not build it: ${failure}`)
  return failure === undefined
}

/** Tells at each call whether the files in the folder have grown since the last one. */
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
