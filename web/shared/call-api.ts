/** An error answer of the API with its stable code. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
  }
}

/** Calls the API for the account of the session. @throws ApiError; code `offline` without a response */
export async function callApi<T>(
  path: string,
  body?: object,
  idempotencyKey?: string,
  method: 'POST' | 'PUT' = 'POST',
): Promise<T> {
  const sent: RequestInit = body
    ? {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey ?? newKey() },
      }
    : {}
  const response = await fetch(`/portal/api${path}`, sent).catch(() => {
    throw new ApiError(0, 'offline', '')
  })
  const text = await response.text()
  const answer = text ? parse(text) : null
  if (response.ok) return answer as T
  const { code = 'internal_error', detail = '' } = (answer ?? {}) as { code?: string; detail?: string }
  throw new ApiError(response.status, code, detail)
}

/** A new idempotency key; a retry of the same action reuses it. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
