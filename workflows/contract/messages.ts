import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { AuditRef } from '../../activities/audit.ts'
import type { Generation, GenerationAnswer, GenerationInput } from '../../activities/generation.ts'
import type { MembershipMessage, MembershipOpening, MembershipStatus } from '../../activities/membership.ts'
import type { PurchaseMessage, PurchaseOpening } from '../../activities/purchase.ts'
import type { ExtendMessage } from '../../domain/generations/extension.ts'
import type { CompleteMessage } from '../../domain/generations/progress.ts'

export type {
  Generation,
  GenerationAnswer,
  GenerationInput,
  MembershipMessage,
  MembershipOpening,
  PurchaseMessage,
  PurchaseOpening,
}

/** `resumed`: the credits are reserved already, by a workflow that was lost. */
export type GenerationStart = GenerationInput & { resumed?: true }

export type FailMessage = { reason?: string }

/**
 * Answers when the credits are reserved; a refusal fails it, with the refusal's code as the failure's type.
 * @param fingerprint of the sender's request, if given; it fails where another request started the workflow
 */
export const reserveUpdate = defineUpdate<GenerationAnswer, [fingerprint?: string]>('reserve')
/** The sender of this `reserve` update stopped waiting and reported that nothing is held. */
export const callerTimedOutSignal = defineSignal<[updateId: string]>('callerTimedOut')
/** Spends what was delivered and releases the rest. */
export const completeUpdate = defineUpdate<GenerationAnswer, [CompleteMessage]>('complete')
/** Moves the deadline, and reports running usage. */
export const extendUpdate = defineUpdate<GenerationAnswer, [ExtendMessage]>('extend')
/** Releases everything that is still held. */
export const failUpdate = defineUpdate<GenerationAnswer, [FailMessage]>('fail')
export const cancelUpdate = defineUpdate<GenerationAnswer>('cancel')

/** The account's test clock was advanced to this time (ISO 8601). Answers when everything that is due is done. */
export const clockUpdate = defineUpdate<void, [now: string]>('clock')
/** How far the workflow follows the ledger: equal to the `mark` of `db/operations/open-workflows.ts` if it is up to date. */
export const revisionQuery = defineQuery<string>('revision')
/** Reads the ledger again, where it is ahead because Temporal was restored from a backup. */
export const resyncUpdate = defineUpdate<void>('resync')
/** The account is being closed: end now. */
export const closeSignal = defineSignal('close')

/** `opening` is given to the first run only. */
export type MembershipInput = {
  product: string
  account: string
  id: string
  opening?: MembershipOpening
  /** a digest of the request, to recognise another request under the same id */
  fingerprint?: string
  /** the Stripe subscription that starts it, at the first `check`; then there is no `opening` */
  subscription?: string
  /** its subscription has changed: poll the provider first */
  ask?: true
  /** its status at the end of the previous run, which saves reading it */
  status?: MembershipStatus
}

/**
 * Answers when the membership or purchase is recorded.
 * @param fingerprint of the sender's request, if given; it fails where another request started the workflow
 */
export const openUpdate = defineUpdate<void, [fingerprint?: string]>('open')
/** An event of a membership; it happens once for each id. */
export const eventUpdate = defineUpdate<void, [event: MembershipMessage, id: string]>('event')
/** Polls the payment provider at once and applies the answer. Safe to repeat. */
export const checkUpdate = defineUpdate<void>('check')

/** The membership's subscription has changed at the provider: poll it. */
export const subscriptionUpdatedSignal = defineSignal('subscriptionUpdated')

/** `opening` is given to the first run only; later ones read the ledger. */
export type PurchaseInput = {
  product: string
  account: string
  id: string
  opening?: PurchaseOpening
  /** the provider's ids of the payment that started it, where one did */
  references?: string[]
}

/** `since` (ISO 8601) polls once more from that time; by default a poll continues where the last one ended. */
export type GumroadSalesInput = { product: string; since?: string }
export type StripeEventsInput = { since?: string }

/** An event of a purchase; it happens once for each id. */
export const purchaseUpdate = defineUpdate<void, [event: PurchaseMessage, id: string]>('event')
/** A payment event of the purchase was recorded. */
export const paymentUpdatedSignal = defineSignal('paymentUpdated')
/** Answers when all payment events that were recorded before it are processed. */
export const paymentsProcessedUpdate = defineUpdate<void>('paymentsProcessed')

export type CampaignInput = { product: string; id: string }
/** An account joined. Answers when the campaign's credits are granted to it. */
export const joinUpdate = defineUpdate<void, [account: string]>('join')
/** Stops a campaign until it is resumed. */
export const pauseUpdate = defineUpdate<void>('pause')
export const resumeUpdate = defineUpdate<void>('resume')

/** `attention` is carried over from the previous run. */
export type WebhookDeliveryInput = { product: string; endpoint: string; attention?: string | null }
/** `attention` is carried over from the previous run. */
export type EmailDeliveryInput = { product: string; attention?: string | null }
/** An endpoint or a product has messages to send. @param acknowledge true if a person has acknowledged the failure */
export const dueSignal = defineSignal<[acknowledge?: boolean]>('due')

export type AuditInput = AuditRef
/** Answers when the findings are recorded, and what may be repaired at once is repaired. */
export const reportedUpdate = defineUpdate<void>('reported')
/** Approves the corrections that need a second person. @param approved_by the id of that person's API key */
export const approveUpdate = defineUpdate<void, [approved_by: string]>('approve')
/** A second person has declined the corrections, as the ledger says: the audit ends without them. */
export const declineUpdate = defineUpdate<void>('decline')

/** `looked_at` and `found` are carried over from the previous run. The database has the position. */
export type PolicyAnnouncementsInput = {
  product: string
  accounts_per_minute: number
  announced?: number
  /** the key of the last account that was looked at */
  after?: string | null
}

export type AuditSweepInput = {
  product: string
  accounts_per_minute: number
  repair: boolean
  looked_at?: number
  found?: number
}

/** The account's key instead of its name, because histories hold no personal data. `looks` is carried over. */
export type ClosureInput = { product: string; account_key: string; looks?: number }

/** The search attributes of all workflows, for the Temporal UI. */
export const searchAttributes = {
  product: defineSearchAttributeKey('Product', SearchAttributeType.KEYWORD),
  account: defineSearchAttributeKey('Account', SearchAttributeType.KEYWORD),
  creditsState: defineSearchAttributeKey('CreditsState', SearchAttributeType.KEYWORD),
  plan: defineSearchAttributeKey('Plan', SearchAttributeType.KEYWORD),
  nextGrantAt: defineSearchAttributeKey('NextGrantAt', SearchAttributeType.DATETIME),
  needsAttention: defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL),
}
