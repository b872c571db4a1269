import { randomUUID } from 'node:crypto'
import { undocumentedCode } from '../contract/error-codes.ts'

export type Answer = { status: number; headers: Headers; body: any }

type HeaderFields = Record<string, string>

/** The calls of one API key; a POST sends a new Idempotency-Key unless one is given. */
export type Caller = {
  get(path: string, headers?: HeaderFields): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  post(path: string, body?: unknown, idempotencyKey?: string): Promise<Answer>
  delete(path: string): Promise<Answer>
}

/** Calls an API as a client would, over HTTP. */
export function caller(url: string, key: string): Caller {
  const call = async (method: string, path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = /json/.test(response.headers.get('content-type') ?? '')
    const answer = { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
    const undocumented = answer.status >= 400 && undocumentedCode(`${method} ${path}`, answer.body.code)
    if (undocumented) throw new Error(undocumented)
    return answer
  }
  return {
    get: (path, headers) => call('GET', path, undefined, headers),
    put: (path, body) => call('PUT', path, body),
    delete: path => call('DELETE', path),
    post: (path, body = {}, idempotencyKey = randomUUID()) =>
      call('POST', path, body, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  }
}
