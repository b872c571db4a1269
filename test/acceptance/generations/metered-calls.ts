import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from '../../support/clients/caller.ts'

/** Creates an account with purchased credits. @returns its path */
export async function accountWith(amount: number, caller: Caller): Promise<string> {
  const account = `/v1/accounts/${randomUUID()}`
  await caller.put(account, {})
  if (amount > 0) await caller.post(`${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

/** Reserves a generation. @returns its id */
export async function reserve(caller: Caller, account: string, body: object): Promise<string> {
  const { status, body: generation } = await caller.post(`${account}/generations`, body)
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(generation)}`)
  return generation.id
}

export function complete(caller: Caller, id: string, body: object = {}): Promise<Answer> {
  return caller.post(`/v1/generations/${id}/complete`, body)
}

export async function balanceOf(caller: Caller, account: string) {
  const { available, held, debt } = (await caller.get(`${account}/balance`)).body
  return { available, held, debt }
}

/** The entries of an account as `amount from → to (reason)`, oldest first, without its grants. */
export async function entriesOf(caller: Caller, account: string): Promise<string[]> {
  const { data } = (await caller.get(`${account}/entries?limit=100`)).body
  const moves = data.reverse().filter((e: any) => e.from !== 'issued')
  return moves.map((e: any) => `${e.amount} ${e.from} → ${e.to} (${e.reason})`)
}

/** Line by line: `item quantity at rate: credits`. */
export function linesOf({ price_lines }: Answer['body']): string[] {
  return price_lines.map(
    (l: any) => `${l.item}${l.quantity === null ? '' : ` ${l.quantity}`} at ${l.rate}: ${l.credits}`,
  )
}
