import type { CookieOptions, Request, Response } from 'express'

/** The prefix makes browsers refuse it from anybody but this host over TLS; plain HTTP is for development. */
const NAMES = ['__Host-lotkeeper', 'lotkeeper']

/** Gives the session to the browser, where no script can read it. */
export function setCookie(
  response: Response,
  publicUrl: string,
  { secret, seconds }: { secret: string; seconds: number },
): void {
  const { name, options } = cookieOf(publicUrl)
  response.cookie(name, secret, { ...options, maxAge: seconds * 1000 })
}

export function clearCookie(response: Response, publicUrl: string): void {
  const { name, options } = cookieOf(publicUrl)
  response.clearCookie(name, options)
}

/** The session that a browser sends, if any. */
export function readCookie(request: Request): string | undefined {
  const pairs = (request.get('cookie') ?? '').split(';').map(pair => pair.trim().split('='))
  return pairs.find(([name]) => NAMES.includes(name ?? ''))?.[1]
}

function cookieOf(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:')
  // Lax, because the first load comes by a link from the product's own site.
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const
  return { name: NAMES[secure ? 0 : 1] ?? '', options }
}
