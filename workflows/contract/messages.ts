import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { AuditRef } from '../../activities/audit.ts'
import type { Generation, GenerationAnswer, GenerationInput } from '../../activities/generation.ts'
import type { MembershipMessage, MembershipOpening, MembershipStatus } from '../../activities/membership.ts'
import type { PurchaseMessage, PurchaseOpening } from '../../activities/purchase.ts'
import type { CompleteMessage } from '../../domain/generations/settlement.ts'

export type {
  Generation,
  GenerationAnswer,
  GenerationInput,
  MembershipMessage,
  MembershipOpening,
  PurchaseMessage,
  PurchaseOpening,
}

/** How a generation workflow is started; `resumed` when the book holds its credits already, for a workflow that was lost. */
export type GenerationStart = GenerationInput & { resumed?: true }

export type FailMessage = { reason?: string }

/**
 * Answers when the credits are held, or fails with the refusal's code as the failure's type. Its argument, if given,
 * is the fingerprint of the request that the sender means; it fails when the workflow was started with another.
 */
export const reserveUpdate = defineUpdate<GenerationAnswer, [string?]>('reserve')

/** To a generation: who sent the reserve update of this id was told that nothing is held, since no answer came in time. */
export const callerTimedOutSignal = defineSignal<[updateId: string]>('callerTimedOut')
/** Spends what was delivered and gives back the rest. */
export const completeUpdate = defineUpdate<GenerationAnswer, [CompleteMessage]>('complete')
/** Gives everything back that is still held. */
export const failUpdate = defineUpdate<GenerationAnswer, [FailMessage]>('fail')
export const cancelUpdate = defineUpdate<GenerationAnswer>('cancel')
/** Tells that the account's test clock stands at this time (ISO 8601); answers when everything due has happened. */
export const clockUpdate = defineUpdate<void, [string]>('clock')

/** How far a workflow has followed the book: a mark that is equal to the book's where it knows all of it (ledger/under-way). */
export const revisionQuery = defineQuery<string>('revision')
/** The book went on without it, since Temporal was restored from a backup: it looks there how things stand. */
export const resyncUpdate = defineUpdate<void>('resync')

/** How a membership workflow is started; `opening` only the first time. */
export type MembershipInput = {
  product: string
  account: string
  id: string
  opening?: MembershipOpening
  /** a digest of the request, by which another one under the same id is told */
  fingerprint?: string
  /** the subscription of Stripe that begins it; with this there is no opening, and the first `check` begins it */
  subscription?: string
  /** how it stood when the run before this one ended, which saves asking the book */
  standing?: MembershipStatus
}

/**
 * Answers when the membership is on the book. Its argument, if given, is the fingerprint of the request that the sender
 * means; it fails when the membership was begun with another.
 */
export const openUpdate = defineUpdate<void, [string?]>('open')
/** Something happens to a membership; the id makes it happen once, however often it is sent. */
export const eventUpdate = defineUpdate<void, [event: MembershipMessage, id: string]>('event')
/** Asks the payment provider how the subscription stands, and follows it; again, it changes nothing. */
export const checkUpdate = defineUpdate<void>('check')

/** How a purchase workflow is started; `opening` only the first time, after that all is on the book. */
export type PurchaseInput = {
  product: string
  account: string
  id: string
  opening?: PurchaseOpening
  /** the provider's ids of the payment that began it, where one did */
  references?: string[]
}

/** Asks for sales since a time (ISO 8601). */
export type GumroadSalesInput = { product: string; since: string }

/** Asks for events of Stripe since a time (ISO 8601). */
export type StripeEventsInput = { since: string }

/** Something happens to a purchase; the id makes it happen once, however often it is sent. */
export const purchaseUpdate = defineUpdate<void, [event: PurchaseMessage, id: string]>('event')
/** A provider told something of the payment; it is on the book, and the purchase follows it. */
export const paymentUpdatedSignal = defineSignal('paymentUpdated')
/** Answers when all news that came before it was followed. */
export const paymentsProcessedUpdate = defineUpdate<void>('paymentsProcessed')

/** How a campaign workflow is started; the rest is on the book. */
export type CampaignInput = { product: string; id: string }
/** An account joined, given by its name; answers when it was given what the campaign gives it. */
export const joinUpdate = defineUpdate<void, [account: string]>('join')
/** Stops a campaign until it is resumed. */
export const pauseUpdate = defineUpdate<void>('pause')
export const resumeUpdate = defineUpdate<void>('resume')

/** How the workflow of a webhook endpoint is started; `attention` is carried over from its run before. */
export type WebhookDeliveryInput = { product: string; endpoint: string; attention?: string | null }
/** There is something to send to an endpoint; `true` from whoever has seen to what went wrong. */
export const dueSignal = defineSignal<[acknowledge?: boolean]>('due')

/** How an audit workflow is started. */
export type AuditInput = AuditRef
/** Answers when what was found is on the book, and what may be repaired at once is repaired. */
export const reportedUpdate = defineUpdate<void>('reported')
/** Lets the corrections happen that wait for an approval; the argument is the id of the API key that approves. */
export const approveUpdate = defineUpdate<void, [approved_by: string]>('approve')

/** How a sweep is started, and where it goes on: after the account of this key. */
export type AuditSweepInput = {
  product: string
  accounts_per_minute: number
  repair: boolean
  position?: string | null
  looked_at?: number
  found?: number
}

/** How a closure workflow is started. No name of the account: its key says nothing about a person. */
export type ClosureInput = { product: string; account_key: string }
/** The account is being closed: what this workflow is about ends now. */
export const closeSignal = defineSignal('close')

/** What operations can search for in the Temporal UI. */
export const searchAttributes = {
  product: defineSearchAttributeKey('Product', SearchAttributeType.KEYWORD),
  account: defineSearchAttributeKey('Account', SearchAttributeType.KEYWORD),
  creditsState: defineSearchAttributeKey('CreditsState', SearchAttributeType.KEYWORD),
  plan: defineSearchAttributeKey('Plan', SearchAttributeType.KEYWORD),
  nextGrantAt: defineSearchAttributeKey('NextGrantAt', SearchAttributeType.DATETIME),
  needsAttention: defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL),
}
