import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { root } from '../root.ts'
import { environment } from '../run/servers.ts'

/** What the identity provider says of a person. */
export type Identity = { name: string; email: string; groups: string[] }

export type OpenIdStandIn = {
  issuer: string
  /** the settings with which a server signs people in here */
  settings(roles: string): Record<string, string>
  stop(): void
}

/** Starts a real OpenID Connect provider that knows these people and one client, the console at a URL. */
export async function startOpenIdProvider(url: string, people: Record<string, Identity>): Promise<OpenIdStandIn> {
  const program = path.join(root, 'test/support/console/serve-open-id.mjs')
  const child = fork(program, [`${url}/console/callback`, JSON.stringify(people)], {
    env: environment({}),
    silent: true,
  })
  const [message] = await once(child, 'message')
  const { issuer } = message as { issuer: string }
  return {
    issuer,
    settings: roles => ({
      CONSOLE_ISSUER: issuer,
      CONSOLE_CLIENT_ID: 'lotkeeper',
      CONSOLE_CLIENT_SECRET: 'a-secret-of-the-console',
      CONSOLE_SCOPES: 'openid profile email groups',
      CONSOLE_ROLES: roles,
    }),
    stop: () => void child.kill(),
  }
}
