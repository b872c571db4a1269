import { stat } from 'node:fs/promises'
import path from 'node:path'
import { importRecords } from '../../domain/imports/records.ts'
import { expiryOf } from '../../domain/lots/lot-terms.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { parseRequest } from '../../domain/shared/parse.ts'
import { type ImportFile, importFiles, readLines } from './files.ts'

/** Credits by account, source and expiry. */
export type Balances = Map<string, number>

type Place = { account: string; source: string; expires_at: string }

export type Comparison = {
  equal: number
  /** null: absent */
  differences: (Place & { before: number | null; after: number | null })[]
  /** by source */
  totals: { source: string; before: number; after: number }[]
}

/** A line of balances: a lot, of which only account, source, amount and expiry are needed. */
const balanceLine = importRecords.lots.partial({ id: true, granted_at: true })

/** Reads balances from a file of lots or balances, or from the files of lots of a folder. @throws Error naming the line */
export async function readBalances(policy: Policy, source: string): Promise<Balances> {
  const found: Balances = new Map()
  for await (const read of readLines(await filesAt(source))) {
    const where = `${read.file}:${read.line}`
    if ('reason' in read) throw new Error(`${where}: ${read.reason}`)
    try {
      const line = parseRequest(balanceLine, read.value)
      const stated = line.expires_at === 'never' ? null : line.expires_at
      const granted = line.granted_at ?? new Date(Number.NaN)
      if (stated === undefined && !line.granted_at) throw new Error('expires_at: is required without granted_at')
      const expires = expiryOf(policy, line.source, granted, 'UTC', stated)
      const key = JSON.stringify([line.account, line.source, expires?.toISOString() ?? 'never'])
      found.set(key, (found.get(key) ?? 0) + line.amount)
    } catch (error) {
      throw new Error(`${where}: ${(error as Error).message}`, { cause: error })
    }
  }
  return found
}

async function filesAt(source: string): Promise<ImportFile[]> {
  if ((await stat(source)).isDirectory()) return (await importFiles(source)).filter(({ kind }) => kind === 'lots')
  const format = source.endsWith('.jsonl') ? 'jsonl' : 'csv'
  return [{ path: source, name: path.basename(source), kind: 'lots', format }]
}

/** Compares two readings, such as the old system's and ours. */
export function compareBalances(before: Balances, after: Balances): Comparison {
  const totals = new Map<string, { source: string; before: number; after: number }>()
  const differences: Comparison['differences'] = []
  const keys = new Set([...before.keys(), ...after.keys()])
  for (const key of keys) {
    const [account, source, expires_at] = JSON.parse(key)
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null]
    const total = totals.get(source) ?? { source, before: 0, after: 0 }
    totals.set(source, { source, before: total.before + (was ?? 0), after: total.after + (is ?? 0) })
    if (was !== is) differences.push({ account, source, expires_at, before: was, after: is })
  }
  return { equal: keys.size - differences.length, differences, totals: [...totals.values()] }
}
