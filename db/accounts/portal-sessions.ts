import { hash, randomBytes } from 'node:crypto'
import type { Language } from '../../domain/shared/languages.ts'
import type { Db } from '../core/command.ts'

/** Products create a link when the customer is about to follow it. */
const LINK_SECONDS = 3600
/** A working day; then the customer needs a new link. */
const SESSION_SECONDS = 12 * 3600

/** What the product asks of the page: an address that it leads back to, and its language. */
export type PageOptions = { return_url: string | null; locale: Language | null }

/** The account whose page a customer looks at. */
export type PortalUser = { account_key: string; product: string; account: string } & PageOptions

/** A secret starts with the account's key, so that each lookup stays within one account. */
const SECRET = /^([0-9a-f]{32})\.([\w-]{43})$/

/** Creates the secret of a one-time link to an account's page. Only its hash is stored. */
export async function createLink(
  db: Db,
  account_key: string,
  { return_url, locale }: PageOptions,
  now: Date,
): Promise<{ secret: string; expires_at: Date }> {
  const secret = newSecret(account_key)
  const expires_at = new Date(now.getTime() + LINK_SECONDS * 1000)
  await db.query(
    `with old as (delete from portal_sessions where account_key = $1 and expires_at < $4)
     insert into portal_sessions (account_key, hash, kind, expires_at, return_url, locale)
     values ($1, $2, 'link', $3, $5, $6)`,
    [account_key, hashOf(secret), expires_at, now, return_url, locale],
  )
  return { secret, expires_at }
}

/** Exchanges a link for a session; null where the link is unknown, used or expired. */
export async function openSession(
  db: Db,
  link: string,
  now: Date,
): Promise<{ secret: string; seconds: number } | null> {
  const account_key = SECRET.exec(link)?.[1]
  if (!account_key) return null
  const secret = newSecret(account_key)
  const { rowCount } = await db.query(
    `with used as (
       update portal_sessions set used_at = $4
       where account_key = $1 and hash = $2 and kind = 'link' and used_at is null and expires_at > $4
       returning account_key, return_url, locale)
     insert into portal_sessions (account_key, hash, kind, expires_at, return_url, locale)
     select account_key, $3, 'session', $5, return_url, locale from used`,
    [account_key, hashOf(link), hashOf(secret), now, new Date(now.getTime() + SESSION_SECONDS * 1000)],
  )
  return rowCount === 1 ? { secret, seconds: SESSION_SECONDS } : null
}

/** The account of a session; null where the session is unknown or expired. */
export async function findSession(db: Db, secret: string, now: Date): Promise<PortalUser | null> {
  const account_key = SECRET.exec(secret)?.[1]
  if (!account_key) return null
  const { rows } = await db.query<PortalUser>({
    name: 'find_session',
    text: `select a.account_key, a.product, a.account, s.return_url, s.locale
      from portal_sessions s join accounts a using (account_key)
      where s.account_key = $1 and s.hash = $2 and s.kind = 'session' and s.expires_at > $3`,
    values: [account_key, hashOf(secret), now],
  })
  return rows[0] ?? null
}

/** Ends a session immediately. */
export async function endSession(db: Db, { account_key }: PortalUser, secret: string): Promise<void> {
  await db.query('delete from portal_sessions where account_key = $1 and hash = $2', [account_key, hashOf(secret)])
}

function newSecret(account_key: string): string {
  return `${account_key.replaceAll('-', '')}.${randomBytes(32).toString('base64url')}`
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
