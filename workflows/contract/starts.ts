import { type SearchAttributePair, TypedSearchAttributes } from '@temporalio/common'
import {
  auditWorkflowId,
  campaignWorkflowId,
  closureWorkflowId,
  generationWorkflowId,
  membershipWorkflowId,
  purchaseWorkflowId,
} from './ids.ts'
import {
  type AuditInput,
  type CampaignInput,
  type ClosureInput,
  type GenerationStart,
  type MembershipInput,
  type PurchaseInput,
  searchAttributes,
} from './messages.ts'

/** Start options of a workflow: its id, input, and what operators see and search for. */
export type Start<I> = {
  workflowId: string
  args: [I]
  staticSummary: string
  typedSearchAttributes: TypedSearchAttributes
}

export function generationStart(input: GenerationStart): Start<GenerationStart> {
  const { product, id, account, operation } = input
  return start(generationWorkflowId(product, id), input, `${operation} for ${account}`, [
    ...accountOf(input),
    { key: searchAttributes.creditsState, value: 'reserved' },
  ])
}

export function membershipStart(input: MembershipInput): Start<MembershipInput> {
  const { product, id, account, opening, subscription } = input
  const what = opening?.plan ?? (subscription ? `Stripe ${subscription}` : 'Membership')
  return start(membershipWorkflowId(product, id), input, `${what} for ${account}`, [
    ...accountOf(input),
    ...(opening ? [{ key: searchAttributes.plan, value: opening.plan }] : []),
  ])
}

export function purchaseStart(input: PurchaseInput): Start<PurchaseInput> {
  const { product, id, account, opening } = input
  const summary = opening ? `${opening.quantity} × ${opening.pack} for ${account}` : `Purchase of ${account}`
  return start(purchaseWorkflowId(product, id), input, summary, accountOf(input))
}

export function auditStart(input: AuditInput): Start<AuditInput> {
  const { product, id, account } = input
  return start(auditWorkflowId(product, id), input, `Audit of ${account}`, accountOf(input))
}

export function campaignStart(input: CampaignInput): Start<CampaignInput> {
  const { product, id } = input
  return start(campaignWorkflowId(product, id), input, `Campaign ${id}`, [
    { key: searchAttributes.product, value: product },
  ])
}

export function closureStart(input: ClosureInput): Start<ClosureInput> {
  const { product, account_key } = input
  return start(closureWorkflowId(product, account_key), input, 'Close an account', [
    { key: searchAttributes.product, value: product },
  ])
}

function start<I>(workflowId: string, input: I, staticSummary: string, pairs: SearchAttributePair[]): Start<I> {
  return { workflowId, args: [input], staticSummary, typedSearchAttributes: new TypedSearchAttributes(pairs) }
}

function accountOf({ product, account }: { product: string; account: string }): SearchAttributePair[] {
  return [
    { key: searchAttributes.product, value: product },
    { key: searchAttributes.account, value: account },
  ]
}
