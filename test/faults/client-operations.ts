import type { Db } from '../../db/core/command.ts'
import { verify } from '../../db/ledger/verify.ts'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { waitFor } from '../support/wait-for.ts'
import type { RetryingClient } from './retrying-client.ts'

/** An acknowledged operation, in the same words as a row of listRecorded. */
export type Acknowledged = { account: string; line: string }

/** More than all operations cost, so nothing is refused. */
const PLENTY = 1_000_000
const PACK = 100
/** Share of the reservations that are not retried after 503. */
const NO_RETRY_SHARE = 0.5
/** One client in so many uses the API only. */
const API_ONLY_EVERY = 7

/** @returns what the ledger records of it; null where nothing was done */
type ClientOperation = (calls: RetryingClient, account: string, random: () => number) => Promise<string | null>

const generations: ClientOperation = async (calls, account, random) => {
  const outputs = 1 + Math.floor(random() * 4)
  const path = `/v1/accounts/${account}/generations`
  const order = { operation: 'text', outputs }
  const reserved = random() < NO_RETRY_SHARE ? await calls.postOnce(path, order) : await calls.post(path, order)
  if (!reserved) return null
  const { body } = reserved
  const post = (what: string, message: object = {}) => calls.post(`/v1/generations/${body.id}/${what}`, message)
  const items = (indices: number[]) => indices.map(index => ({ index, ok: index % 2 === 0 }))
  const settlements: (() => Promise<Answer>)[] = [
    () => post('complete'),
    () => post('complete', { delivered: outputs - 1 }),
    () => post('fail', { reason: 'a test' }),
    () => post('cancel'),
    async () => {
      if (outputs > 1) await post('complete', { items: items([0]) })
      return post('complete', { items: items([...Array(outputs).keys()].slice(outputs > 1 ? 1 : 0)) })
    },
  ]
  const settled = await settlements[Math.floor(random() * settlements.length)]?.()
  const { id, state, spent, refunded } = settled?.body ?? {}
  return `${id}: ${state}, ${spent} spent, ${refunded} back`
}

const charges: ClientOperation = async (calls, account) => {
  const { body } = await calls.post(`/v1/accounts/${account}/charges`, { operation: 'image' })
  return `${body.id}: ${body.state}, ${body.spent} spent, ${body.refunded} back`
}

const grants: ClientOperation = async (calls, account, random) => {
  const amount = 1 + Math.floor(random() * 9)
  const reason = 'a test'
  const { body } = await calls.post(`/v1/accounts/${account}/grants`, {
    source: 'promotional',
    amount,
    reason,
  })
  return `${body.origin.type} ${body.origin.id}: ${amount} granted`
}

const purchases: ClientOperation = async (calls, account) => {
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { body } = await calls.post(`/v1/accounts/${account}/purchases`, order)
  await calls.post(`/v1/purchases/${body.id}/payment`, { reference: body.id })
  return `purchase ${body.id}: ${PACK} granted`
}

const allOperations: ClientOperation[] = [generations, generations, generations, charges, grants, purchases]
const apiOnlyOperations: ClientOperation[] = [charges, grants]

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

/** Runs one client until `isStopped`. @returns the acknowledged operations */
export async function runClient(
  calls: RetryingClient,
  { shared, own, client }: { shared: string; own: string; client: number },
  random: () => number,
  isStopped: () => boolean,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = []
  const operations = client % API_ONLY_EVERY === 0 ? apiOnlyOperations : allOperations
  while (!isStopped()) {
    const account = random() < 0.3 ? shared : own
    const line = await operations[Math.floor(random() * operations.length)]?.(calls, account, random)
    if (line) acknowledged.push({ account, line })
  }
  return acknowledged
}

/** The operations that the ledger recorded. */
export async function listRecorded(db: Db): Promise<Acknowledged[]> {
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
 * @returns how many holds are still open: they end at their deadline (docs/reliability.md)
 */
export async function waitForOpenHolds(db: Db): Promise<number> {
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
export async function expectConsistent(db: Db, calls: Caller, accounts: string[]): Promise<void> {
  expect(await verify(db)).toEqual([])
  const { rows } = await db.query<{ account: string; available: number; held: number }>(
    `select account, sum(delta('available', e)) as available, sum(delta('held', e)) as held
       from entries e join accounts using (account_key) group by 1`,
  )
  const sumsByAccount = new Map(rows.map(({ account, ...sums }) => [account, sums]))
  for (const account of accounts) {
    const { body, headers } = await calls.get(`/v1/accounts/${account}/balance`)
    const sums = sumsByAccount.get(account) ?? { available: 0, held: 0 }
    expect(body).toMatchObject(sums)
    expect(headers.get('credits-available')).toBe(String(sums.available))
  }
}
