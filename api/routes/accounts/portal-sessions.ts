import { z } from 'zod'
import { createLink } from '../../../db/accounts/portal-sessions.ts'
import { languages } from '../../../domain/shared/languages.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { time } from '../../http/shapes.ts'

/** Hosts of the customer's own computer, where a product is developed. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

const returnUrl = z
  .string()
  .max(2000)
  .refine(isReturnUrl, 'must be an https address, or an http address of this computer, without a password')
  .describe('The page shows a link back to it.')

/** Whether the page may link to it: no script, no downgrade to http, and no name that hides the host. */
function isReturnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username || password) return false
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))
}

export const portalSessionRoute = route('post /v1/accounts/{account}/portal-sessions', {
  operationId: 'createPortalSession',
  scope: 'manage',
  summary: "Create a one-time link to the customer's Plan & Credits page",
  body: z.strictObject({
    return_url: returnUrl.optional(),
    locale: z
      .enum(languages)
      .optional()
      .describe("The language of the page; if omitted that of the account, else of the customer's browser."),
  }),
  // The secret must not be stored, so each request creates a new link.
  idempotency: 'handler',
  responses: { 201: z.object({ url: z.url(), expires_at: time }) },
  async handler({ app, caller, params, body: { return_url = null, locale = null } }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    if (account.closed_at) throw new Refused({ code: 'account_closed' })
    const { secret, expires_at } = await createLink(app.db, account.account_key, { return_url, locale }, app.now())
    const body = { url: `${app.publicUrl}/portal?session=${secret}`, expires_at }
    return { status: 201, body, account: { ...account, at } }
  },
})
