import autocannon from 'autocannon'
import type { Candidate } from '../measure/compare.ts'
import { toSample } from '../measure/load.ts'

/** The parts of a request that vary. */
export type RequestParts = { path: string; headers?: Record<string, string>; body?: string }

type Target = {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  nextRequest: () => RequestParts
}

const CONNECTIONS = 50

/**
 * Sends requests over fifty connections, each as soon as the previous response arrives.
 * @throws Error when a response is not 2xx, since errors would distort the throughput
 */
export function httpLoad({ url, method, headers, nextRequest }: Target): Candidate {
  const request: autocannon.Request = {
    method,
    setupRequest: given => {
      const next = nextRequest()
      return { ...given, ...next, headers: { ...headers, ...next.headers } }
    },
  }
  return async duration => {
    const latencies_ms: number[] = []
    const started = performance.now()
    const { non2xx, errors, statusCodeStats } = await run(
      { url, connections: CONNECTIONS, duration, requests: [request] },
      ms => latencies_ms.push(ms),
    )
    if (non2xx + errors > 0) throw new Error(`${url}: ${errors} errors, responses ${JSON.stringify(statusCodeStats)}`)
    return toSample(latencies_ms, started)
  }
}

function run(options: autocannon.Options, onResponse: (latency_ms: number) => void): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    instance.on('response', (_client, _status, _bytes, ms) => onResponse(ms))
  })
}
