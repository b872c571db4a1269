import autocannon from 'autocannon'
import type { Contender } from '../measure/compare.ts'

/** What one request says that is not the same for all. */
export type Shot = { path: string; headers?: Record<string, string>; body?: string }

export type Target = {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  shot: () => Shot
}

const CONNECTIONS = 50

/**
 * As many requests as a server answers over fifty connections, from this process.
 * @throws Error when one of them is not answered with success: then the figures would mean something else
 */
export function cannon({ url, method, headers, shot }: Target): Contender {
  const request: autocannon.Request = {
    method,
    setupRequest: given => {
      const next = shot()
      return { ...given, ...next, headers: { ...headers, ...next.headers } }
    },
  }
  return async duration => {
    const latencies_ms: number[] = []
    const began = performance.now()
    const { non2xx, errors, statusCodeStats } = await fire(
      { url, connections: CONNECTIONS, duration, requests: [request] },
      ms => latencies_ms.push(ms),
    )
    if (non2xx + errors > 0)
      throw new Error(`${url}: ${errors} errors, answers ${JSON.stringify(statusCodeStats)}`)
    return { per_second: latencies_ms.length / ((performance.now() - began) / 1000), latencies_ms }
  }
}

function fire(
  options: autocannon.Options,
  answered: (latency_ms: number) => void,
): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const firing = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    firing.on('response', (_client, _status, _bytes, ms) => answered(ms))
  })
}
