/** A refusal of the API, by its stable code. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
  }
}

/** Asks the API for the visitor's own account. @throws Problem with code `offline` when nothing answers */
export async function ask<T>(path: string, body?: object, idempotencyKey?: string): Promise<T> {
  const sent: RequestInit = body
    ? {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey ?? newKey() },
      }
    : {}
  const response = await fetch(`/portal/api${path}`, sent).catch(() => {
    throw new Problem(0, 'offline', '')
  })
  const text = await response.text()
  const answer = text ? parse(text) : null
  if (response.ok) return answer as T
  const { code = 'internal_error', detail = '' } = (answer ?? {}) as { code?: string; detail?: string }
  throw new Problem(response.status, code, detail)
}

/** One per intention: the same key is sent again when the same thing is tried again. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
