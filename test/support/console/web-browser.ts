/** A browser without a screen: keeps cookies by host, and follows redirects. */
export type WebBrowser = {
  /** The answer, and the address that it came from after all redirects. */
  open(url: string, init?: RequestInit): Promise<{ status: number; url: string; text: string; headers: Headers }>
  /** One request, without following a redirect. */
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** The cookies of a host, as a request sends them. */
  cookiesOf(url: string): string
}

const MAX_REDIRECTS = 15

export function webBrowser(): WebBrowser {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string) => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  const cookiesOf = (url: string) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  const fetchOnce = async (url: string, init: RequestInit = {}) => {
    const headers = { cookie: cookiesOf(url), ...(init.headers as Record<string, string>) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set)) jarOf(url).delete(name)
      else jarOf(url).set(name, value)
    }
    return response
  }
  return {
    cookiesOf,
    fetch: fetchOnce,
    async open(url, init) {
      let at = url
      let response = await fetchOnce(at, init)
      for (let n = 0; n < MAX_REDIRECTS && response.headers.has('location'); n++) {
        at = new URL(response.headers.get('location') ?? '', at).href
        response = await fetchOnce(at)
      }
      return { status: response.status, url: at, text: await response.text(), headers: response.headers }
    },
  }
}
