import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { SCHEMA } from '../../db/core/connect.ts'
import type { Contender } from '../measure/compare.ts'
import type { Child } from '../processes/child.ts'

const LOOK_EVERY_MS = 100

export type Export = { contender: Contender; mostMemory: () => number }

/** Downloads the entries of an account over HTTP, and watches the memory of the API meanwhile. */
export function downloads(
  api: Child<{ url: string }>,
  { account, key, entries }: { account: string; key: string; entries: number },
): Export {
  let most = 0
  const contender = async () => {
    let done = false
    const watch = async () => {
      while (!done) {
        most = Math.max(most, (await api.usage()).memory_mb)
        await sleep(LOOK_EVERY_MS)
      }
    }
    const watching = watch()
    const began = performance.now()
    const lines = await download(`${api.ready.url}/v1/accounts/${account}/entries?format=csv`, key)
    const seconds = (performance.now() - began) / 1000
    done = true
    await watching
    // Besides the heading, the entries by which the account came to its lots.
    if (lines < entries) throw new Error(`the export has ${lines} lines of ${entries}`)
    return { per_second: lines / seconds, latencies_ms: [] }
  }
  return { contender, mostMemory: () => most }
}

async function download(url: string, key: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`)
  let lines = 0
  for await (const chunk of response.body) {
    for (const byte of chunk as Uint8Array) if (byte === 10) lines += 1
  }
  return lines
}

/** The same entries as PostgreSQL writes them by itself, discarded as they come. */
export function copies(databaseUrl: string, account_key: string): Contender {
  return async () => {
    const client = new pg.Client(databaseUrl)
    await client.connect()
    try {
      const began = performance.now()
      const { rowCount } = await client.query(
        `copy (select * from ${SCHEMA}.entries where account_key = '${account_key}' order by entry_no desc) to stdout`,
      )
      return { per_second: (rowCount ?? 0) / ((performance.now() - began) / 1000), latencies_ms: [] }
    } finally {
      await client.end()
    }
  }
}
