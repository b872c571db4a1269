import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { anyPort } from '../../../scripts/servers/ports.ts'
import { root } from '../root.ts'
import { environment, temporalCli } from '../run/servers.ts'
import { waitFor } from '../wait-for.ts'

/** A start may have to unpack servers first. */
const LONG_SECONDS = 150

/** A child process with its output. */
export interface Program {
  pid: number
  output(): string
  /** Resolves when the output contains the text. @throws with the output when the program ends before */
  waitForOutput(text: string): Promise<unknown>
  /** Resolves with the exit code, or the name of the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  kill(signal: NodeJS.Signals): void
}

/** Runs scripts/start.ts with this data folder, free ports, and these variables on top. */
export function startProgram(dataDir: string, variables: Record<string, string> = {}): Program {
  chooseFreePorts(dataDir)
  const settings = {
    LOTKEEPER_DATA_DIR: dataDir,
    PORT: '0',
    TEMPORAL_CLI: temporalCli(),
    DEMO_ACCOUNT: 'off',
    ...variables,
  }
  return launch(root, ['--import', 'tsx', 'scripts/start.ts'], settings)
}

/** Chooses ports: two programs that start together would both find the default ports free. */
function chooseFreePorts(dataDir: string): void {
  const file = path.join(dataDir, 'ports.json')
  if (!existsSync(dataDir) || existsSync(file)) return
  writeFileSync(file, JSON.stringify({ temporal: anyPort(), temporal_ui: anyPort(), worker_metrics: anyPort() }))
}

/** Runs node with these arguments in a folder. */
export function launch(cwd: string, args: string[], variables: Record<string, string>): Program {
  const child = spawn(process.execPath, args, { cwd, env: environment(variables) })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk
    })
  }
  let closed = false
  const ended = once(child, 'close').then(([code, signal]) => {
    closed = true
    return code ?? signal
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    waitForOutput: text =>
      waitFor(
        `the output ${JSON.stringify(text)}`,
        () => {
          if (output.includes(text)) return true
          if (closed) throw new Error(`The program ended without printing "${text}":\n${output}`)
          return false
        },
        Boolean,
        LONG_SECONDS,
      ),
    ended,
    kill: signal => child.kill(signal),
  }
}
