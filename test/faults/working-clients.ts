import type { Db } from '../../db/core/command.ts'
import { verify } from '../../db/ledger/verify.ts'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { waitFor } from '../support/wait-for.ts'
import type { RetryingClient } from './retrying-client.ts'

/** Acknowledged work, in the same lines as recordedWork. */
export type Acknowledged = { account: string; line: string }

/** More than all work costs, so nothing is refused. */
const PLENTY = 1_000_000
const PACK = 100
/** Share of the reservations that are not retried after 503. */
const GIVES_UP = 0.5
/** One client in so many uses the API only. */
const NEEDS_NO_WORKER = 7

/** @returns null where nothing was done */
type Work = (calls: RetryingClient, account: string, random: () => number) => Promise<string | null>

const generations: Work = async (calls, account, random) => {
  const outputs = 1 + Math.floor(random() * 4)
  const path = `/v1/accounts/${account}/generations`
  const order = { operation: 'text', outputs }
  const reserved = random() < GIVES_UP ? await calls.postOnce(path, order) : await calls.post(path, order)
  if (!reserved) return null
  const { body } = reserved
  const tell = (what: string, message: object = {}) => calls.post(`/v1/generations/${body.id}/${what}`, message)
  const items = (indices: number[]) => indices.map(index => ({ index, ok: index % 2 === 0 }))
  const ways: (() => Promise<Answer>)[] = [
    () => tell('complete'),
    () => tell('complete', { delivered: outputs - 1 }),
    () => tell('fail', { reason: 'a test' }),
    () => tell('cancel'),
    async () => {
      if (outputs > 1) await tell('complete', { items: items([0]) })
      return tell('complete', { items: items([...Array(outputs).keys()].slice(outputs > 1 ? 1 : 0)) })
    },
  ]
  const settled = await ways[Math.floor(random() * ways.length)]?.()
  const { id, state, spent, refunded } = settled?.body ?? {}
  return `${id}: ${state}, ${spent} spent, ${refunded} back`
}

const charges: Work = async (calls, account) => {
  const { body } = await calls.post(`/v1/accounts/${account}/charges`, { operation: 'image' })
  return `${body.id}: ${body.state}, ${body.spent} spent, ${body.refunded} back`
}

const grants: Work = async (calls, account, random) => {
  const amount = 1 + Math.floor(random() * 9)
  const reason = 'a test'
  const { body } = await calls.post(`/v1/accounts/${account}/grants`, {
    source: 'promotional',
    amount,
    reason,
  })
  return `${body.origin.type} ${body.origin.id}: ${amount} granted`
}

const purchases: Work = async (calls, account) => {
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { body } = await calls.post(`/v1/accounts/${account}/purchases`, order)
  await calls.post(`/v1/purchases/${body.id}/payment`, { reference: body.id })
  return `purchase ${body.id}: ${PACK} granted`
}

const works: Work[] = [generations, generations, generations, charges, grants, purchases]
const worksOfApi: Work[] = [charges, grants]

/** Creates an account for each client, and a shared one. */
export async function openAccounts(calls: Caller, clients: number): Promise<string[]> {
  const accounts = ['shared', ...Array.from({ length: clients }, (_, client) => `of-client-${client}`)]
  for (const account of accounts) {
    await calls.put(`/v1/accounts/${account}`, {})
    const plenty = { source: 'purchased', amount: PLENTY, reason: 'plenty' }
    await calls.post(`/v1/accounts/${account}/grants`, plenty, `plenty-${account}`)
  }
  return accounts
}

/** Runs one client until `enough`. @returns the acknowledged work */
export async function work(
  calls: RetryingClient,
  { shared, own, client }: { shared: string; own: string; client: number },
  random: () => number,
  enough: () => boolean,
): Promise<Acknowledged[]> {
  const told: Acknowledged[] = []
  const kinds = client % NEEDS_NO_WORKER === 0 ? worksOfApi : works
  while (!enough()) {
    const account = random() < 0.3 ? shared : own
    const line = await kinds[Math.floor(random() * kinds.length)]?.(calls, account, random)
    if (line) told.push({ account, line })
  }
  return told
}

/** The work recorded in the ledger. */
export async function recordedWork(db: Db): Promise<Acknowledged[]> {
  const { rows } = await db.query<Acknowledged>(
    `select account, generation || ': ' || state || ', ' || spent || ' spent, ' || refunded || ' back' as line
       from holds join accounts using (account_key) where state not in ('reserved', 'refused')
     union all
     select account, origin_type || ' ' || origin_id || ': ' || granted || ' granted'
       from lots join accounts using (account_key) where origin_id not like 'plenty-%'`,
  )
  return rows
}

/**
 * Waits for the rollback of reservations whose callers got 503.
 * @returns how many are still held: those end at their deadline (docs/reliability.md)
 */
export async function stillHeld(db: Db): Promise<number> {
  const end = performance.now() + 20_000
  return waitFor(
    'open holds to end',
    async () => (await db.query(`select from holds where state = 'reserved'`)).rowCount ?? 0,
    left => left === 0 || performance.now() > end,
  )
}

export function sorted(lines: Acknowledged[]): string[] {
  return lines.map(({ account, line }) => `${account} ${line}`).sort()
}

/** Compares balances of the API with sums of entries, and verifies the ledger. */
export async function expectWhole(db: Db, calls: Caller, accounts: string[]): Promise<void> {
  expect(await verify(db)).toEqual([])
  const { rows } = await db.query<{ account: string; available: number; held: number }>(
    `select account, sum(delta('available', e)) as available, sum(delta('held', e)) as held
       from entries e join accounts using (account_key) group by 1`,
  )
  const folded = new Map(rows.map(({ account, ...sums }) => [account, sums]))
  for (const account of accounts) {
    const { body, headers } = await calls.get(`/v1/accounts/${account}/balance`)
    const sums = folded.get(account) ?? { available: 0, held: 0 }
    expect(body).toMatchObject(sums)
    expect(headers.get('credits-available')).toBe(String(sums.available))
  }
}
