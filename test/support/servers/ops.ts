import { execFile } from 'node:child_process'
import { readPolicies } from '../../../platform/policy-store.ts'
import { printAttention, readAttention } from '../../../scripts/ops/attention.ts'
import { root } from '../root.ts'
import { environment } from '../run/servers.ts'
import type { Lotkeeper } from './connect-lotkeeper.ts'

/** Runs `npm run ops -- …` against this Lotkeeper. @returns exit code and output */
export function runOps(
  { config }: Pick<Lotkeeper, 'config'>,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const env = environment({
    DATABASE_URL: config.databaseUrl,
    TEMPORAL_ADDRESS: config.temporalAddress,
    TEMPORAL_TASK_QUEUE: config.temporalTaskQueue,
    LOTKEEPER_DATA_DIR: config.dataDir,
  })
  const cwd = root
  return new Promise(resolve => {
    execFile(process.execPath, ['--import', 'tsx', 'scripts/ops.ts', ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}

/** The output of `npm run ops -- attention`. */
export async function attentionOf(lotkeeper: Lotkeeper): Promise<string> {
  const lines: string[] = []
  printAttention(await readAttention(lotkeeper, readPolicies(lotkeeper.config.policiesDir)), line => lines.push(line))
  return `${lines.join('\n')}\n`
}
