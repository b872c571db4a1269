import type { Lotkeeper } from '@lotkeeper/client'
import { useMemo } from 'react'
import { ApiError, newKey } from '../../shared/call-api.ts'
import { type Place, usePlace } from './session.ts'

/** Calls of the public API for one product, with the types of the client. They throw ApiError. */
export type Calls = Pick<Lotkeeper, 'get' | 'put' | 'post' | 'delete'>

type Init = {
  params?: { path?: Record<string, string>; query?: Record<string, unknown> }
  body?: unknown
  idempotencyKey?: string
}

export function useCalls(): Calls {
  const place = usePlace()
  return useMemo(() => callsOf(place), [place])
}

export function callsOf({ session, product }: Place): Calls {
  const call =
    (method: string) =>
    async (path: string, { params, body, idempotencyKey = newKey() }: Init = {}) => {
      const headers: Record<string, string> = { 'lotkeeper-product': product }
      if (body !== undefined) headers['content-type'] = 'application/json'
      if (method !== 'GET') headers['x-csrf-token'] = session.csrf
      if (method === 'POST') headers['idempotency-key'] = idempotencyKey
      const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
      const response = await fetch(addressOf(path, params), sent).catch(() => {
        throw new ApiError(0, 'offline', '')
      })
      const text = await response.text()
      const answer = text ? parse(text) : null
      if (response.ok) return answer
      const { code = 'internal_error', detail = '' } = (answer ?? {}) as { code?: string; detail?: string }
      throw new ApiError(response.status, code, detail)
    }
  return { get: call('GET'), put: call('PUT'), post: call('POST'), delete: call('DELETE') } as unknown as Calls
}

/** The address of a path such as /v1/accounts/{account}. */
function addressOf(path: string, { path: names = {}, query = {} }: Init['params'] = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(names[name] ?? ''))
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return search.size > 0 ? `${filled}?${search}` : filled
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
