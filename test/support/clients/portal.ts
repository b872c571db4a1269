import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import type { Caller } from './caller.ts'

/** A customer's page, used over HTTP as a browser does. */
export type PortalPage = {
  cookie: string
  request(path: string, init?: RequestInit): Promise<{ status: number; body: any; headers: Headers }>
}

/** Opens a new link of an account and keeps the cookie. @param path /v1/accounts/… @param asked of the link */
export async function openPortal(
  lotkeeper: Lotkeeper,
  caller: Caller,
  path: string,
  asked: { return_url?: string; locale?: string } = {},
): Promise<PortalPage> {
  const { body: link } = await caller.post(`${path}/portal-sessions`, asked)
  const opened = await fetch(link.url, { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    cookie,
    request: async (path, init = {}) => {
      const headers = {
        cookie,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      }
      const response = await fetch(`${lotkeeper.url}/portal/api${path}`, { ...init, headers })
      const text = await response.text()
      const json = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
    },
  }
}
