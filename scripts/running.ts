import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The servers of `npm start` and its development keys. */
export type Running = {
  api: string
  database_url: string
  temporal_address: string
  temporal_ui: string | null
  keys: Record<string, Record<string, string>>
}

/** @throws Error when none runs with this data folder */
export function findRunning(dataDir: string): Running {
  try {
    const read = (file: string) => JSON.parse(readFileSync(join(dataDir, file), 'utf8'))
    return { ...read('connections.json'), keys: read('keys.json') }
  } catch {
    throw new Error(`Lotkeeper does not run with the data in ${dataDir}. Run npm start in another terminal.`)
  }
}

export type Call = (method: string, path: string, body?: object, idempotencyKey?: string) => Promise<Reply>
export type Reply = { status: number; credits: string; body: Record<string, unknown> }

export function callerOf(api: string, key: string): Call {
  return async (method, path, body, idempotencyKey = randomUUID()) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(method === 'POST' ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(error => {
      throw new Error(`Lotkeeper does not answer at ${api}. Run npm start in another terminal.`, { cause: error })
    })
    const header = (name: string) => response.headers.get(`credits-${name}`) ?? '–'
    return {
      status: response.status,
      credits: `available ${header('available')}, held ${header('held')}, frozen ${header('frozen')}`,
      body: (await response.json()) as Record<string, unknown>,
    }
  }
}
