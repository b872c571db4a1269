import { texts } from '../../texts/index.ts'
import { type Act, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.operations
const scopes = ['read', 'generate', 'manage', 'support', 'admin'] as const

/** Creates an API key. It is shown once. */
export function createKey({ calls }: Desk): Act {
  return {
    button: t.new_key,
    title: t.new_key_title,
    fields: [
      { name: 'name', label: t.name },
      {
        name: 'scope',
        label: t.scope,
        kind: 'choice',
        choices: scopes.map((scope): [string, string] => [scope, scope]),
      },
    ],
    reason: 'none',
    preview: values => ({ effects: [{ what: t.key_may, after: t.scopes[textOf(values, 'scope')] ?? '' }] }),
    async run(values, idempotencyKey) {
      const scope = scopes.find(each => each === values.scope) ?? 'read'
      const { key } = await calls.post('/v1/keys', { body: { name: textOf(values, 'name'), scope }, idempotencyKey })
      return { message: t.key_created, secret: key }
    },
  }
}

/** Makes a key invalid. */
export function revokeKey({ calls }: Desk, { id, name }: { id: string; name: string }): Act {
  return {
    button: t.revoke,
    title: t.revoke_title,
    subject: name,
    danger: true,
    fields: [],
    reason: 'none',
    preview: () => ({ effects: [{ what: t.key, after: t.revoked }] }),
    async run() {
      await calls.delete('/v1/keys/{id}', { params: { path: { id } } })
      return { message: t.key_revoked }
    },
  }
}
