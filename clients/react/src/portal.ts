/** What your backend answers: the link of `POST /v1/accounts/{account}/portal-sessions`. */
export type PortalLink = { url: string }

/** The balance of the account of a session. */
export type Balance = {
  available: number
  held: number
  frozen: number
  unlimited?: { fair_use_limit: number; used: number }
}

/** The session of a customer at Lotkeeper, opened with a link. */
export type Session = { origin: string; token: string }

/** Lotkeeper did not answer as expected; `status` is 0 where no answer came. */
export class PortalError extends Error {
  override name = 'PortalError'
  readonly status: number

  constructor(status: number) {
    super(status === 0 ? 'Lotkeeper cannot be reached.' : `Lotkeeper answered ${status}.`)
    this.status = status
  }
}

/** Exchanges a link, which works once, for a session. @throws PortalError */
export async function openSession({ url }: PortalLink, signal: AbortSignal): Promise<Session> {
  const link = new URL(url)
  const session = link.searchParams.get('session')
  const response = await request(`${link.origin}/portal/api/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ session }),
    signal,
  })
  return { origin: link.origin, token: (await response.json()).token }
}

/** @throws PortalError with status 401 where the session has ended */
export async function readBalance(session: Session, signal: AbortSignal): Promise<Balance> {
  const response = await call(session, '/account', signal)
  return (await response.json()).balance
}

/** Calls back at each change of the account, until the stream ends. @throws PortalError */
export async function watchChanges(session: Session, onChange: () => void, signal: AbortSignal): Promise<void> {
  const { body } = await call(session, '/events', signal)
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: '' }
    if (done) return
    const messages = (text + value).split('\n\n')
    text = messages.pop() ?? ''
    if (messages.some(message => message.includes('event: change'))) onChange()
  }
}

function call({ origin, token }: Session, path: string, signal: AbortSignal): Promise<Response> {
  return request(`${origin}/portal/api${path}`, { headers: { Authorization: `Bearer ${token}` }, signal })
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch(() => {
    throw new PortalError(0)
  })
  if (!response.ok) throw new PortalError(response.status)
  return response
}
