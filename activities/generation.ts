import { loadAccountContext } from '../db/accounts/account-context.ts'
import { findAccount, loadAccountByKey, timeOf } from '../db/accounts/accounts.ts'
import type { Totals } from '../db/core/command.ts'
import { findGeneration, type Generation, progressOf } from '../db/generations/generations.ts'
import { readTotals } from '../db/ledger/balance.ts'
import { reserve } from '../db/ledger/holds/reserve.ts'
import { reserveWithFallback } from '../db/ledger/holds/reserve-with-fallback.ts'
import { extendHold, rollbackReservation } from '../db/ledger/holds/settle.ts'
import { decideExtension, type ExtendMessage, extendMessage } from '../domain/generations/extension.ts'
import type { Progress } from '../domain/generations/progress.ts'
import {
  deadlineOf,
  type GenerationInput,
  generationInput,
  replacementTerms,
} from '../domain/generations/reservation.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { notFound, type Refusal, Refused } from '../domain/shared/refusals.ts'
import { policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'
import {
  type AccountOfHold,
  accountOfHold,
  type GenerationDeps,
  type SettleStep,
  settleHold,
} from './generations/settle.ts'

export type { Generation, GenerationInput }

/** The answer to an update of a generation; `replayed` where it repeats an earlier result. */
export type GenerationAnswer = { generation: Generation; totals: Totals; replayed?: true }

export type GenerationActivities = ReturnType<typeof generationActivities>

type ReserveResult = {
  answer: GenerationAnswer
  /** the generation now, where it was settled since the answer */
  since?: Generation
  progress: Progress
  account: AccountOfHold
  /** the account's time when this was read, ISO 8601 */
  at: string
}

type ExtendStep = Pick<GenerationInput, 'product' | 'id'> & { message: ExtendMessage; key: string }

/**
 * The steps of a generation. Each is one command under its own operation key, so that a repeated step returns the first
 * result.
 * @param now real time; accounts on a test clock use theirs
 */
export function generationActivities(deps: GenerationDeps) {
  const { db, policies, now } = deps

  return {
    reserve: (input: GenerationInput): Promise<ReserveResult> => mapRefusals(() => reserveGeneration(deps, input)),

    /** Reads a generation that was reserved before. @throws Refused not_found; the refusal of a refused one */
    findReservation: ({ product, id }: Pick<GenerationInput, 'product' | 'id'>): Promise<ReserveResult> =>
      mapRefusals(async () => {
        const found = await findGeneration(db, product, id)
        if (!found) throw notFound('generation')
        const { account_key, generation } = found
        if (generation.refusal) throw new Refused(generation.refusal as Refusal)
        const account = await loadAccountByKey(db, account_key)
        const at = timeOf(account, now())
        return {
          answer: { generation, totals: await readTotals(db, account_key, at) },
          progress: progressOf(found),
          account: accountOfHold(account),
          at: at.toISOString(),
        }
      }),

    /** Moves the deadline. @param key of the request @throws Refused as decideExtension and extendHold do */
    extend: (step: ExtendStep): Promise<ReserveResult> => mapRefusals(() => extendGeneration(deps, step)),

    settle: (step: SettleStep): Promise<GenerationAnswer> => mapRefusals(() => settleHold(deps, step)),

    /** @throws Refused already_settled if outputs were settled: then the hold stays */
    rollbackReservation: ({ product, account: name, id }: GenerationInput): Promise<void> =>
      mapRefusals(async () => {
        const account = await findAccount(db, product, name)
        if (!account) return
        const at = timeOf(account, now())
        const replacement = replacementTerms(policyOf(policies, product), at, account.time_zone)
        await rollbackReservation(db, { account_key: account.account_key, at }, id, replacement)
      }),
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
  const fixed = {
    product,
    generation: id,
    operation: request.operation,
    deadline: deadlineOf(policy, request, at),
    request,
    api_key,
  }
  const { terms, ...reserved } = await reserveWithFallback(db, policy, found, request, async plan => ({
    ...(await reserve(db, { account_key: account.account_key, at }, { ...plan, ...fixed })),
    terms: plan.terms,
  }))
  // The id was reserved before, by a workflow that has ended; it may have been settled since.
  const since = reserved.replayed ? await findGeneration(db, product, id) : null
  return {
    answer: reserved,
    ...(since ? { since: since.generation } : {}),
    progress: progressOf(since ?? { ...reserved, terms }),
    account: accountOfHold(account),
    at: at.toISOString(),
  }
}

async function extendGeneration(
  { db, now }: GenerationDeps,
  { product, id, message, key }: ExtendStep,
): Promise<ReserveResult> {
  const found = await findGeneration(db, product, id)
  if (!found) throw notFound('generation')
  const { held, spent, refunded, reserved_at } = found.generation
  const account = await loadAccountByKey(db, found.account_key)
  const at = timeOf(account, now())
  const open = { amount: held + spent + refunded, reserved_at, at }
  const plan = decideExtension(progressOf(found), open, parseRequest(extendMessage, message))
  const ref = { account_key: found.account_key, at, operation_key: `extend/${id}/${key}` }
  const answer = await extendHold(db, ref, { generation: id, ...plan })
  const metered = plan.reported ? { ...found.metered, reported: plan.reported } : found.metered
  return {
    answer,
    progress: progressOf({ ...found, metered }),
    account: accountOfHold(account),
    at: at.toISOString(),
  }
}
