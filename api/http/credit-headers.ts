import type { Totals } from '../../db/core/command.ts'

/** The balance headers of every response about one account (KV-04). */
export function creditHeaders({ available, held, frozen, next_expiry }: Totals): Record<string, string> {
  return {
    'Credits-Available': String(available),
    'Credits-Held': String(held),
    'Credits-Frozen': String(frozen),
    ...(next_expiry ? { 'Credits-Next-Expiry': next_expiry } : {}),
  }
}
