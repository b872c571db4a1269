import type { Totals } from '../../db/core/command.ts'

/** The balance that comes with each answer about one account (KV-04). */
export function creditHeaders({ available, held, frozen, next_expiry }: Totals): Record<string, string> {
  return {
    'Credits-Available': String(available),
    'Credits-Held': String(held),
    'Credits-Frozen': String(frozen),
    ...(next_expiry ? { 'Credits-Next-Expiry': next_expiry } : {}),
  }
}
