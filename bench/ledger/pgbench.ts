import { execFile, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Candidate } from '../measure/compare.ts'

const DEBIAN_FOLDER = '/usr/lib/postgresql'

/** Finds `pgbench` on PATH or in Debian's folder. */
export function findPgbench(): string | undefined {
  return ['pgbench', ...debianPrograms()].find(program => spawnSync(program, ['--version']).status === 0)
}

/** Runs the standard transaction of pgbench on its tables, which must exist. */
export function pgbench(program: string, databaseUrl: string, clients: number): Candidate {
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`]
  return async seconds => {
    const time = `--time=${Math.ceil(seconds)}`
    const { stdout } = await promisify(execFile)(program, [...options, time, databaseUrl])
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
    if (!tps) throw new Error(`pgbench printed no throughput:\n${stdout}`)
    return { per_second: Number(tps), latencies_ms: [] }
  }
}

function debianPrograms(): string[] {
  try {
    return readdirSync(DEBIAN_FOLDER).map(version => `${DEBIAN_FOLDER}/${version}/bin/pgbench`)
  } catch {
    return []
  }
}
