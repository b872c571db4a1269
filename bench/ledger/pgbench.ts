import { execFile, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Contender } from '../measure/compare.ts'

const debianFolder = '/usr/lib/postgresql'

/** The `pgbench` program on PATH or where Debian keeps it, if there is one. */
export function findPgbench(): string | undefined {
  return ['pgbench', ...debianPrograms()].find(program => spawnSync(program, ['--version']).status === 0)
}

/** The real pgbench with its standard transaction, on the tables that are there. */
export function pgbench(program: string, databaseUrl: string, clients: number): Contender {
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`]
  return async seconds => {
    const time = `--time=${Math.ceil(seconds)}`
    const { stdout } = await promisify(execFile)(program, [...options, time, databaseUrl])
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
    if (!tps) throw new Error(`pgbench did not say how many transactions it made:\n${stdout}`)
    return { per_second: Number(tps), latencies_ms: [] }
  }
}

function debianPrograms(): string[] {
  try {
    return readdirSync(debianFolder).map(version => `${debianFolder}/${version}/bin/pgbench`)
  } catch {
    return []
  }
}
