export type Kind = 'ledger' | 'purchase' | 'membership' | 'generation' | 'support' | 'email'

/** One thing that happened. */
export type Happening = {
  key: string
  at: string
  kind: Kind
  title: string
  /** why, as a person or the system said */
  reason: string | null
  detail: object | null
  /** credits that moved */
  amount: number | null
  /** steps of the address after the account */
  to: string[] | null
}
