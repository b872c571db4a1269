import { loadAccountContext } from '../db/accounts/account-context.ts'
import { type Account, findAccount, loadAccount, loadAccountByKey, timeOf } from '../db/accounts/accounts.ts'
import type { Db, Totals } from '../db/core/command.ts'
import { findGeneration, type Generation, progressOf } from '../db/generations/generations.ts'
import { readTotals } from '../db/ledger/balance.ts'
import { reserve } from '../db/ledger/holds/reserve.ts'
import { reserveWithFallback } from '../db/ledger/holds/reserve-with-fallback.ts'
import { rollbackReservation, settle } from '../db/ledger/holds/settle.ts'
import {
  deadlineOf,
  type GenerationInput,
  generationInput,
  replacementTerms,
} from '../domain/generations/reservation.ts'
import type { Progress, Settlement, Verdict } from '../domain/generations/settlement.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'

export type { Generation, GenerationInput }

/** The answer to an update of a generation; `replayed` where it repeats an earlier result. */
export type GenerationAnswer = { generation: Generation; totals: Totals; replayed?: true }

export type GenerationActivities = ReturnType<typeof generationActivities>

/** The account's fields that a settlement needs, so that it does not load the account again. */
type AccountOfHold = { key: string; name: string; time_zone: string; on_test_clock: boolean }

type ReserveResult = {
  answer: GenerationAnswer
  /** the generation now, where it was settled since the answer */
  since?: Generation
  progress: Progress
  account: AccountOfHold
}

/** A reserved generation as the ledger has it. */
type Reservation = ReserveResult & {
  /** the time of the account's test clock */
  clock: string | null
}

type GenerationDeps = { db: Db; policies: Policies; now: () => Date }

type SettleStep = {
  id: string
  product: string
  account: AccountOfHold
  settlement: Settlement
  verdict: Verdict
}

/**
 * The steps of a generation. Each is one command under its own operation key, so that a repeated step returns the first
 * result.
 * @param now real time; accounts on a test clock use theirs
 */
export function generationActivities(deps: GenerationDeps) {
  const { db, policies, now } = deps

  return {
    reserve: (input: GenerationInput): Promise<ReserveResult> => mapRefusals(() => reserveGeneration(deps, input)),

    /** Reads a generation that was reserved before. @throws Refused not_found */
    findReservation: ({ product, id }: Pick<GenerationInput, 'product' | 'id'>): Promise<Reservation> =>
      mapRefusals(async () => {
        const found = await findGeneration(db, product, id)
        if (!found || found.generation.state === 'refused')
          throw new Refused({ code: 'not_found', detail: 'Nothing is held for this generation.' })
        const { account_key, generation, rest } = found
        const account = await loadAccountByKey(db, account_key)
        const totals = await readTotals(db, account_key, timeOf(account, now()))
        return {
          answer: { generation, totals },
          progress: progressOf(generation, rest),
          account: accountOfHold(account),
          clock: account.clock_now?.toISOString() ?? null,
        }
      }),

    settle: ({ id, product, account, settlement, verdict }: SettleStep): Promise<GenerationAnswer> =>
      mapRefusals(async () => {
        const { progress, ...amounts } = verdict
        const at = account.on_test_clock ? timeOf(await loadAccount(db, product, account.name), now()) : now()
        return settle(
          db,
          { account_key: account.key, at, operation_key: settleKey(id, settlement) },
          {
            generation: id,
            ...amounts,
            items: progress.items,
            rest: progress.rest,
            replacement:
              amounts.refund > 0 ? replacementTerms(policyOf(policies, product), at, account.time_zone) : null,
          },
        )
      }),

    rollbackReservation: async ({ product, account: name, id }: GenerationInput): Promise<void> => {
      const account = await findAccount(db, product, name)
      if (!account) return
      const at = timeOf(account, now())
      const replacement = replacementTerms(policyOf(policies, product), at, account.time_zone)
      await rollbackReservation(db, { account_key: account.account_key, at }, id, replacement)
    },
  }
}

async function reserveGeneration(
  { db, policies, now }: GenerationDeps,
  input: GenerationInput,
): Promise<ReserveResult> {
  const checked = parseRequest(generationInput, input)
  const { product, account: name, id, api_key, respond_by: _, fingerprint: __, ...request } = checked
  const policy = policyOf(policies, product)
  const found = await loadAccountContext(db, product, name, now())
  const { account, at } = found
  const terms = {
    product,
    generation: id,
    operation: request.operation,
    deadline: deadlineOf(policy, request, at),
    request,
    api_key,
  }
  const reserved = await reserveWithFallback(db, policy, found, request, plan =>
    reserve(db, { account_key: account.account_key, at }, { ...plan, ...terms }),
  )
  // The id was reserved before, by a workflow that has ended; it may have been settled since.
  const since = reserved.replayed ? await findGeneration(db, product, id) : null
  return {
    answer: reserved,
    ...(since ? { since: since.generation } : {}),
    progress: progressOf(since?.generation ?? reserved.generation, since?.rest ?? null),
    account: accountOfHold(account),
  }
}

function accountOfHold({ account_key, account, time_zone, test_clock }: Account): AccountOfHold {
  return { key: account_key, name: account, time_zone, on_test_clock: test_clock !== null }
}

/** A settlement of the rest has one key per kind, one of items is keyed by their indices, so no item is settled twice. */
function settleKey(id: string, settlement: Settlement): string {
  const items = settlement.kind === 'complete' ? settlement.items : undefined
  if (!items) return `settle/${id}/${settlement.kind}`
  return `settle/${id}/items/${items.map(item => item.index).sort((a, b) => a - b)}`
}
