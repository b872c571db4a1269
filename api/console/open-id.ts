import type { Configuration } from 'openid-client'
import type { Person } from '../../db/accounts/api-keys.ts'
import type { Roles } from '../../db/console/sessions.ts'
import { deriveId } from '../../domain/shared/derive-id.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { OpenIdSettings } from '../../platform/config.ts'
import { rolesOfGroups } from './roles.ts'

/** The API answers within five seconds. */
const TIMEOUT_SECONDS = 4

/** The browser keeps these values in a cookie between the start of a sign-in and its end. */
export type Started = { state: string; nonce: string; verifier: string }

export type OpenId = ReturnType<typeof openIdProvider>

/** Signs people in at an OpenID Connect provider by the authorization code flow, with PKCE, state and nonce. */
export function openIdProvider(settings: OpenIdSettings) {
  let found: Promise<Provider> | undefined
  /** The provider's metadata, read once; a failed read is repeated by the next sign-in. */
  const provider = () => {
    found ??= discover(settings).catch(error => {
      found = undefined
      const detail = 'The identity provider cannot be reached. Try again in a moment.'
      throw new Refused({ code: 'temporarily_unavailable', detail }, `OpenID Connect discovery failed: ${error}`)
    })
    return found
  }
  return {
    /** The provider's address that asks the person to sign in. */
    async start(redirectUri: string): Promise<{ started: Started; address: string }> {
      const { client, configuration } = await provider()
      const started = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: started.state,
        nonce: started.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(started.verifier),
        code_challenge_method: 'S256',
      })
      return { started, address: address.href }
    },

    /** Exchanges the code that the provider sent. @param current the address that the provider led to. @throws what openid-client throws */
    async finish(current: URL, { state, nonce, verifier }: Started): Promise<{ person: Person; roles: Roles }> {
      const { client, configuration } = await provider()
      const tokens = await client.authorizationCodeGrant(configuration, current, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('the provider sent no ID token')
      const has = (name: string) => claims[name] !== undefined
      // Some providers state groups and email only in the answer of their userinfo endpoint.
      const isComplete = has(settings.groupsClaim) || !configuration.serverMetadata().userinfo_endpoint
      const more = isComplete ? {} : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      const all: Record<string, unknown> = { ...more, ...claims }
      return { person: personOf(claims, all), roles: rolesOfGroups(settings.roles, textsIn(all[settings.groupsClaim])) }
    },

    /** Where the person's session at the provider ends; null if the provider has no such address. */
    async endSession(returnTo: string): Promise<string | null> {
      const { client, configuration } = await provider()
      if (!configuration.serverMetadata().end_session_endpoint) return null
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }).href
    },
  }
}

type Provider = { client: typeof import('openid-client'); configuration: Configuration }

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Provider> {
  // Loaded here, because few installations and tests need it.
  const client = await import('openid-client')
  const authentication = clientSecret ? client.ClientSecretBasic(clientSecret) : client.None()
  const configuration = await client.discovery(new URL(issuer), clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    // config.ts allows http outside of production only.
    ...(issuer.startsWith('http:') && { execute: [client.allowInsecureRequests] }),
  })
  return { client, configuration }
}

/** Names may change and repeat; the issuer's subject stays. */
function personOf({ iss, sub }: { iss: string; sub: string }, claims: Record<string, unknown>): Person {
  const email = textOf(claims.email)
  const name = textOf(claims.name) ?? textOf(claims.preferred_username) ?? email ?? sub
  return { id: deriveId('person', iss, sub), name, email }
}

const MAX_LENGTH = 200

function textOf(claim: unknown): string | null {
  if (typeof claim !== 'string') return null
  return (
    claim
      .replaceAll(/[\p{Cc}<>]/gu, ' ')
      .trim()
      .slice(0, MAX_LENGTH) || null
  )
}

function textsIn(claim: unknown): string[] {
  return [claim].flat().filter(each => typeof each === 'string')
}
