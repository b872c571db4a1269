import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { SCHEMA } from '../../db/core/connect.ts'
import type { Candidate } from '../measure/compare.ts'
import { toSample } from '../measure/load.ts'
import type { Child } from '../processes/child.ts'

const POLL_MS = 100

type Export = { candidate: Candidate; peakMemoryMb: () => number }

/** Downloads an account's entries over HTTP and tracks the API's peak memory. */
export function exportOverHttp(
  api: Child<{ url: string }>,
  { account, key, entries }: { account: string; key: string; entries: number },
): Export {
  let peak = 0
  const candidate = async () => {
    let done = false
    const trackMemory = async () => {
      while (!done) {
        peak = Math.max(peak, (await api.usage()).memory_mb)
        await sleep(POLL_MS)
      }
    }
    const tracking = trackMemory()
    const started = performance.now()
    const lines = await download(`${api.ready.url}/v1/accounts/${account}/entries?format=csv`, key)
    const sample = toSample([], started, lines)
    done = true
    await tracking
    // The export also has a header line and the entries of the grants.
    if (lines < entries) throw new Error(`The export has ${lines} lines for ${entries} entries.`)
    return sample
  }
  return { candidate, peakMemoryMb: () => peak }
}

/** @returns the number of lines */
async function download(url: string, key: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`)
  let lines = 0
  for await (const chunk of response.body) {
    for (const byte of chunk as Uint8Array) if (byte === 10) lines += 1
  }
  return lines
}

/** Copies the same entries from PostgreSQL and discards them. */
export function copyFromPostgres(databaseUrl: string, account_key: string): Candidate {
  return async () => {
    const client = new pg.Client(databaseUrl)
    await client.connect()
    try {
      const started = performance.now()
      const { rowCount } = await client.query(
        `copy (select * from ${SCHEMA}.entries where account_key = '${account_key}' order by entry_no desc) to stdout`,
      )
      return toSample([], started, rowCount ?? 0)
    } finally {
      await client.end()
    }
  }
}
