import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '../../db/core/command.ts'

/** A link is opened soon after it was asked for. */
const LINK_SECONDS = 3600
/** A working day; after it the product is asked for another link. */
const SESSION_SECONDS = 12 * 3600

/** Whose page somebody looks at. */
export type PortalUser = { account_key: string; product: string; account: string }

/** What a person holds: it begins with the account's key, so that the book looks in one place. */
const HELD = /^([0-9a-f]{32})\.([\w-]{43})$/

/** Makes a link's secret for one account. It works once, and only its hash is kept. */
export async function createLink(
  db: Db,
  account_key: string,
  now: Date,
): Promise<{ secret: string; expires_at: Date }> {
  const secret = newSecret(account_key)
  const expires_at = new Date(now.getTime() + LINK_SECONDS * 1000)
  await db.query(
    `with old as (delete from portal_sessions where account_key = $1 and expires_at < $4)
     insert into portal_sessions (account_key, hash, kind, expires_at) values ($1, $2, 'link', $3)`,
    [account_key, hashOf(secret), expires_at, now],
  )
  return { secret, expires_at }
}

/** Exchanges a link, once, for a session; null where it is unknown, used or too old. */
export async function openSession(
  db: Db,
  link: string,
  now: Date,
): Promise<{ secret: string; seconds: number } | null> {
  const account_key = HELD.exec(link)?.[1]
  if (!account_key) return null
  const secret = newSecret(account_key)
  const { rowCount } = await db.query(
    `with used as (
       update portal_sessions set used_at = $4
       where account_key = $1 and hash = $2 and kind = 'link' and used_at is null and expires_at > $4
       returning account_key)
     insert into portal_sessions (account_key, hash, kind, expires_at)
     select account_key, $3, 'session', $5 from used`,
    [account_key, hashOf(link), hashOf(secret), now, new Date(now.getTime() + SESSION_SECONDS * 1000)],
  )
  return rowCount === 1 ? { secret, seconds: SESSION_SECONDS } : null
}

/** Whose session it is, or null. */
export async function findSession(db: Db, secret: string, now: Date): Promise<PortalUser | null> {
  const account_key = HELD.exec(secret)?.[1]
  if (!account_key) return null
  const { rows } = await db.query<PortalUser>({
    name: 'visitor_of',
    text: `select a.account_key, a.product, a.account from portal_sessions s join accounts a using (account_key)
      where s.account_key = $1 and s.hash = $2 and s.kind = 'session' and s.expires_at > $3`,
    values: [account_key, hashOf(secret), now],
  })
  return rows[0] ?? null
}

/** Ends a session at once. */
export async function endSession(db: Db, { account_key }: PortalUser, secret: string): Promise<void> {
  await db.query('delete from portal_sessions where account_key = $1 and hash = $2', [
    account_key,
    hashOf(secret),
  ])
}

function newSecret(account_key: string): string {
  return `${account_key.replaceAll('-', '')}.${randomBytes(32).toString('base64url')}`
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
