import { hash, randomBytes } from 'node:crypto'
import type { Person, Scope } from '../accounts/api-keys.ts'
import type { Db } from '../core/command.ts'

/** A working day; then roles are asked of the identity provider again. */
export const SESSION_SECONDS = 8 * 3600
/** A person who prints a link opens it at once. */
const LINK_SECONDS = 600

const SECRET = /^[\w-]{43}$/

/** A person's scope by product; `*` stands for every product. */
export type Roles = Record<string, Scope>

export type ConsoleSession = { person: Person; roles: Roles; expires_at: Date }

/** Starts a session, or makes a link that can be exchanged once for one. @returns its secret; only its hash is stored */
export async function startConsoleSession(
  db: Db,
  { person, roles }: Pick<ConsoleSession, 'person' | 'roles'>,
  now: Date,
  kind: 'session' | 'link' = 'session',
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const seconds = kind === 'session' ? SESSION_SECONDS : LINK_SECONDS
  await db.query(
    `with old as (delete from console_sessions where expires_at < $6),
     known as (
       insert into console_people (person, name, email, signed_in_at) values ($1, $2, $3, $6)
       on conflict (person) do update set name = excluded.name, email = excluded.email, signed_in_at = excluded.signed_in_at
       returning person)
     insert into console_sessions (hash, person, kind, roles, expires_at) select $4, person, $5, $7, $8 from known`,
    [
      person.id,
      person.name,
      person.email,
      hashOf(secret),
      kind,
      now,
      JSON.stringify(roles),
      new Date(now.getTime() + seconds * 1000),
    ],
  )
  return secret
}

/** Exchanges a link for a session; null where the link is unknown, used or expired. */
export async function openConsoleLink(db: Db, link: string, now: Date): Promise<string | null> {
  if (!SECRET.test(link)) return null
  const secret = randomBytes(32).toString('base64url')
  const { rowCount } = await db.query(
    `update console_sessions set hash = $2, kind = 'session', expires_at = $3
     where hash = $1 and kind = 'link' and expires_at > $4`,
    [hashOf(link), hashOf(secret), new Date(now.getTime() + SESSION_SECONDS * 1000), now],
  )
  return rowCount === 1 ? secret : null
}

/** null where the session is unknown or expired. */
export async function findConsoleSession(db: Db, secret: string, now: Date): Promise<ConsoleSession | null> {
  if (!SECRET.test(secret)) return null
  const { rows } = await db.query<{ id: string; name: string; email: string | null; roles: Roles; expires_at: Date }>({
    name: 'find_console_session',
    text: `select p.person as id, p.name, p.email, s.roles, s.expires_at
      from console_sessions s join console_people p using (person)
      where s.hash = $1 and s.kind = 'session' and s.expires_at > $2`,
    values: [hashOf(secret), now],
  })
  if (!rows[0]) return null
  const { roles, expires_at, ...person } = rows[0]
  return { person, roles, expires_at }
}

/** Ends a session immediately. */
export async function endConsoleSession(db: Db, secret: string): Promise<void> {
  await db.query('delete from console_sessions where hash = $1', [hashOf(secret)])
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
