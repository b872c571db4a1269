import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { freePort, isListening } from '../../../scripts/servers/ports.ts'
import { root } from '../root.ts'
import { waitFor } from '../wait-for.ts'

/** Stripe's own mock, which checks requests against Stripe's OpenAPI document and keeps no state. */
const MODULE = 'github.com/stripe/stripe-mock@v0.203.0'

const cache = path.join(root, '.lotkeeper/bin')

/** Whether the mock is installed or can be built here. */
export function hasStripeMock(): boolean {
  return findProgram() !== null || spawnSync('go', ['version']).status === 0
}

/** Starts the mock, after building it once. */
export async function startStripeMock(): Promise<{ url: string; stop(): Promise<void> }> {
  const program = findProgram() ?? build()
  const port = await freePort()
  const child = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await waitFor('stripe-mock', () => isListening(port))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

function findProgram(): string | null {
  const found = spawnSync('/bin/sh', ['-c', 'command -v stripe-mock']).stdout.toString().trim()
  const cached = path.join(cache, 'stripe-mock')
  return found || (existsSync(cached) ? cached : null)
}

function build(): string {
  const built = spawnSync('go', ['install', MODULE], { env: { ...process.env, GOBIN: cache } })
  if (built.status !== 0) throw new Error(`go install ${MODULE} failed: ${built.stderr}`)
  return path.join(cache, 'stripe-mock')
}
