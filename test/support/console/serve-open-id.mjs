// A real OpenID Connect provider on loopback: serve-open-id.mjs REDIRECT_URI PEOPLE
// PEOPLE: {"ada": {"name": …, "email": …, "groups": […]}}. /interaction/…?as=ada signs Ada in without a form.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const [redirectUri, people] = process.argv.slice(2)
const known = JSON.parse(people)
const server = createServer((request, response) => void answer(request, response))
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${server.address().port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'lotkeeper',
      client_secret: 'a-secret-of-the-console',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [redirectUri.replace('/callback', '')],
    },
  ],
  claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
  cookies: { keys: ['for tests'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...known[id] }) }),
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile email groups')
    await grant.save()
    return grant
  },
})

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, issuer)
  if (!pathname.startsWith('/interaction/')) return provider.callback()(request, response)
  const as = searchParams.get('as')
  const result = as ? { login: { accountId: as } } : { error: 'access_denied', error_description: 'nobody signed in' }
  await provider.interactionFinished(request, response, result)
}

process.once('disconnect', () => process.exit())
process.send({ issuer })
