import { randomUUID } from 'node:crypto'
import type { Person, Scope } from '../../../db/accounts/api-keys.ts'
import { startConsoleSession } from '../../../db/console/sessions.ts'
import type { Answer } from '../clients/caller.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'

/** Someone who is signed in to the console, and makes calls as its pages do. */
export type ConsoleUser = {
  cookie: string
  csrf: string
  call(product: string, method: string, path: string, body?: object): Promise<Answer>
  /** One request with other headers than the pages send. */
  send(path: string, init: RequestInit): Promise<Answer>
}

/** Signs a person in by a session of their own, without an identity provider. @param roles by product; * stands for all */
export async function enterConsole(
  { db, url }: Lotkeeper,
  name: string,
  roles: Record<string, Scope>,
): Promise<ConsoleUser> {
  const person: Person = { id: `person_${name}`, name, email: `${name}@support.example` }
  return consoleUser(url, `lotkeeper-console=${await startConsoleSession(db, { person, roles }, new Date())}`)
}

/** The user of a session cookie. */
export async function consoleUser(url: string, cookie: string): Promise<ConsoleUser> {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const json = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text }
  }
  const { body: session } = await send('/console/session', { headers: { cookie } })
  return {
    cookie,
    csrf: session.csrf,
    send,
    call: (product, method, path, body) =>
      send(path, {
        method,
        headers: {
          cookie,
          'lotkeeper-product': product,
          ...(method === 'GET' ? {} : { 'x-csrf-token': session.csrf }),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
  }
}
