import { attentionTitles } from '../shared/attention.ts'

/** Everything that needs a person, with its title. docs/operations.md says what to do. */
export const attentionKinds = {
  ...attentionTitles,
  compensation_approval: 'Compensation needs approval',
  refund_approval: 'Refund needs approval',
  unassigned_subscription: 'Unassigned subscription',
  unassigned_payment: 'Unassigned payment',
} as const

export type AttentionKind = keyof typeof attentionKinds

/** Something that needs a person. Money is in minor units. */
export type AttentionItem = {
  id: string
  product: string
  kind: AttentionKind
  subject: { type: string; id: string }
  /** null if it is about no account */
  account: string | null
  detail: string
  since: string
  due_at: string
  amount: number | null
  currency: string | null
}
