import { hash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '../../domain/shared/refusals.ts'
import { time } from '../../domain/shared/shapes.ts'
import { batchedRead } from '../core/batcher.ts'
import type { Db } from '../core/command.ts'

/** The scopes of API keys; each includes those before it. */
export const scopes = ['read', 'generate', 'manage', 'support', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** Someone who uses the console. */
export type Person = { id: string; name: string; email: string | null }

/** The product and the key behind a request. */
export type Caller = {
  product: string
  /** for a person, their id */
  key_id: string
  key_name: string
  scope: Scope
  /** who is signed in, if the request comes from the console */
  person?: Person
}

/** Who acts: the name of the key, or the person with their address. Customers do not see it. */
export function actorOf({ key_name, person }: Caller): string {
  if (!person) return key_name
  return person.email && person.email !== person.name ? `${person.name} <${person.email}>` : person.name
}

/** Whether a caller's key has a scope, or one that includes it. */
export function hasScope({ scope }: Caller, required: Scope): boolean {
  return scopes.indexOf(scope) >= scopes.indexOf(required)
}

export const keyShape = z.object({ id: z.string(), name: z.string(), scope: z.enum(scopes), created_at: time })
export type ApiKey = z.infer<typeof keyShape>

/** The valid key of a secret, if there is one. */
export function findCaller(db: Db, secret: string): Promise<Caller | undefined> {
  return readCallers(db, hashOf(secret))
}

const readCallers = batchedRead<[hash: Buffer], Caller>({
  name: 'callers',
  text: `select n, k.product, k.id as key_id, k.name as key_name, k.scope
    from unnest($1::bytea[]) with ordinality asked(hash, n) join api_keys k using (hash) where k.revoked_at is null`,
})

/**
 * Creates a key. Only its hash is stored, so this is the one time that the secret can be shown.
 * @param id derived from the request, so that a repeated request creates no second key
 * @param created_by the id of the key or the person that requests it, if any
 */
export async function createKey(
  db: Db,
  product: string,
  {
    id = randomBytes(9).toString('base64url'),
    name,
    scope,
    created_by = null,
  }: { id?: string | undefined; name: string; scope: Scope; created_by?: string | null },
): Promise<ApiKey & { key: string }> {
  const key = `lk_${scope}_${randomBytes(24).toString('base64url')}`
  const { rows } = await db.query<ApiKey>(
    `insert into api_keys (id, product, name, scope, hash, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning id, name, scope, iso(created_at) as created_at`,
    [`key_${id}`, product, name, scope, hashOf(key), created_by],
  )
  if (!rows[0]) throw new Refused({ code: 'idempotency_in_progress' })
  return { ...rows[0], key }
}

/** The valid keys of a product, without their secrets. */
export async function listKeys(db: Db, product: string): Promise<ApiKey[]> {
  const { rows } = await db.query<ApiKey>(
    `select id, name, scope, iso(created_at) as created_at from api_keys
     where product = $1 and revoked_at is null order by created_at, id`,
    [product],
  )
  return rows
}

/** Revokes a key immediately. @throws Refused not_found */
export async function revokeKey(db: Db, product: string, id: string): Promise<void> {
  const { rowCount } = await db.query(
    'update api_keys set revoked_at = clock_timestamp() where product = $1 and id = $2 and revoked_at is null',
    [product, id],
  )
  if (rowCount === 0) throw new Refused({ code: 'not_found', detail: 'No valid key has this id.' })
}

/**
 * Whether two keys, or a person and a key, are of one person as far as we know: they are the same, one created the other, or one
 * created both, directly or through others. Revoked keys count.
 */
export async function haveCommonOrigin(db: Db, one: string, other: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `with recursive origins (key, id) as (
       values ($1, $1), ($2, $2)
       union
       select o.key, k.created_by from origins o join api_keys k using (id) where k.created_by is not null)
     select from origins a join origins b using (id) where a.key = $1 and b.key = $2`,
    [one, other],
  )
  return rowCount !== 0
}

/** Whether a secret is a valid key of this product and scope. */
export async function isValidKey(db: Db, secret: string, product: string, scope: Scope): Promise<boolean> {
  const caller = await findCaller(db, secret)
  return caller?.product === product && caller.scope === scope
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
