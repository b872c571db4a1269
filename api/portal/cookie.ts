import type { CookieOptions, Request, Response } from 'express'

/** Sets the session cookie, which scripts cannot read. */
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

/** The session secret of a request, if any. */
export function readCookie(request: Request, publicUrl: string): string | undefined {
  const wanted = cookieOf(publicUrl).name
  const pairs = (request.get('cookie') ?? '').split(';').map(pair => pair.trim().split('='))
  return pairs.find(([name]) => name === wanted)?.[1]
}

function cookieOf(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:')
  // Lax, because customers arrive by a link from the product's site.
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const
  // Browsers accept the prefix from this host over TLS only, so no other host can set the cookie.
  return { name: secure ? '__Host-lotkeeper' : 'lotkeeper', options }
}
