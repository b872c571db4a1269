import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

/** Helmet's headers, computed once because they never change. */
export function securityHeaders() {
  const headers: [name: string, value: string][] = []
  const recorder = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  }
  helmet()({} as IncomingMessage, recorder as unknown as ServerResponse, (error?: unknown) => {
    if (error) throw error
  })
  return (_request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
  }
}
