import { hash, randomBytes } from 'node:crypto'
import { batchedRead } from '../../db/core/batched-read.ts'
import type { Db } from '../../db/core/command.ts'
import { Refused } from '../../domain/shared/refusals.ts'

/** What a key may do; each scope includes the powers of those before it. */
export const scopes = ['read', 'generate', 'manage', 'support', 'admin'] as const
export type Scope = (typeof scopes)[number]

export type Caller = { product: string; key_id: string; key_name: string; scope: Scope }

export type ApiKey = { id: string; name: string; scope: Scope; created_at: string }

/** Who calls. @throws Refused unauthorized */
export async function authenticate(db: Db, authorization: string | undefined): Promise<Caller> {
  const secret = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  const caller = secret && (await callerOf(db, secret))
  if (caller) return caller
  throw new Refused({
    code: 'unauthorized',
    detail: 'Send "Authorization: Bearer <key>" with a key that is in force.',
  })
}

/** @throws Refused scope_required {required} */
export function requireScope(caller: Caller, required: Scope): void {
  if (scopes.indexOf(caller.scope) >= scopes.indexOf(required)) return
  throw new Refused({
    code: 'scope_required',
    detail: `This needs a key of scope ${required}; the one that was sent has ${caller.scope}.`,
    required,
  })
}

function callerOf(db: Db, secret: string): Promise<Caller | undefined> {
  return callers(db, hashOf(secret))
}

const callers = batchedRead<[hash: Buffer], Caller>({
  name: 'callers',
  text: `select n, k.product, k.id as key_id, k.name as key_name, k.scope
    from unnest($1::bytea[]) with ordinality asked(hash, n) join api_keys k using (hash) where k.revoked_at is null`,
})

/**
 * Makes a key. The secret is in the answer and nowhere else: the database keeps its hash.
 * @param id a business key of the caller's, so that a repeated request makes no second key
 */
export async function createKey(
  db: Db,
  product: string,
  {
    id = randomBytes(9).toString('base64url'),
    name,
    scope,
  }: { id?: string | undefined; name: string; scope: Scope },
): Promise<ApiKey & { key: string }> {
  const key = `lk_${scope}_${randomBytes(24).toString('base64url')}`
  const { rows } = await db.query<ApiKey>(
    `insert into api_keys (id, product, name, scope, hash) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id, name, scope, iso(created_at) as created_at`,
    [`key_${id}`, product, name, scope, hashOf(key)],
  )
  if (!rows[0]) throw new Refused({ code: 'idempotency_in_progress' })
  return { ...rows[0], key }
}

/** The keys of a product that are in force, without their secrets. */
export async function listKeys(db: Db, product: string): Promise<ApiKey[]> {
  const { rows } = await db.query<ApiKey>(
    `select id, name, scope, iso(created_at) as created_at from api_keys
     where product = $1 and revoked_at is null order by created_at, id`,
    [product],
  )
  return rows
}

/** Ends a key at once. @throws Refused not_found */
export async function revokeKey(db: Db, product: string, id: string): Promise<void> {
  const { rowCount } = await db.query(
    'update api_keys set revoked_at = clock_timestamp() where product = $1 and id = $2 and revoked_at is null',
    [product, id],
  )
  if (rowCount === 0) throw new Refused({ code: 'not_found', detail: 'There is no such key in force.' })
}

/** Whether a secret is a key of the product, with this scope, in force. */
export async function isValidKey(db: Db, secret: string, product: string, scope: Scope): Promise<boolean> {
  const caller = await callerOf(db, secret)
  return caller?.product === product && caller.scope === scope
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
