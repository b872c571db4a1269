/** A group of operations in the reference and in generated clients. */
export type Tag = {
  name: string
  description: string
  /** its guide in docs/guides/ */
  guide?: string
  /** the path segment after /v1/ or /v1/accounts/{account}/ in the paths of the group */
  resources: string[]
}

export const tags: Tag[] = [
  {
    name: 'Accounts',
    description: 'Accounts hold the credits of one product. Balances, lots and the ledger show what they have and had.',
    resources: ['accounts', 'balance', 'lots', 'entries', 'usage', 'limits', 'billing-details', 'portal-sessions'],
  },
  {
    name: 'Generations',
    guide: 'first-reservation',
    description: 'Quote a cost, reserve credits, then settle: what was delivered is spent, the rest is released.',
    resources: ['operations', 'quotes', 'generations', 'charges', 'defects'],
  },
  {
    name: 'Memberships',
    guide: 'memberships',
    description: 'A membership grants the credits of its plan each month while it is paid.',
    resources: ['memberships'],
  },
  {
    name: 'Purchases',
    guide: 'purchases',
    description: 'Packs of credits, their payments, refunds and invoices.',
    resources: ['packs', 'purchases', 'unassigned-payments', 'invoices'],
  },
  {
    name: 'Codes',
    description: 'Redemption codes, for packs that are delivered by email.',
    resources: ['codes', 'redemptions'],
  },
  {
    name: 'Support',
    description:
      'Grants, compensations and corrections by people, with the log of what they did and the emails that customers got.',
    resources: [
      'grants',
      'compensations',
      'adjustments',
      'approvals',
      'attention',
      'activity',
      'emails',
      'audits',
      'campaigns',
      'search',
    ],
  },
  {
    name: 'Imports',
    description: 'Accounts, credits, memberships and codes of another system. `npm run import` reads them from files.',
    resources: ['imports'],
  },
  {
    name: 'Operations',
    description: 'Figures, health and the policy of the product, for people who run it.',
    resources: ['reports', 'health', 'policy'],
  },
  {
    name: 'Webhooks',
    guide: 'webhooks',
    description: 'Endpoints to which Lotkeeper sends signed events, and their deliveries.',
    resources: ['webhook-endpoints'],
  },
  { name: 'API keys', description: 'Keys of this product, each with a name and a scope.', resources: ['keys'] },
  {
    name: 'Test clocks',
    guide: 'test-clocks',
    description: 'Clocks that move the time of the accounts attached to them, to test months in seconds.',
    resources: ['test-clocks'],
  },
]

/** Calls that payment providers make. */
export const providerTag: Tag = {
  name: 'Payment providers',
  description: 'Called by Stripe and Gumroad, which prove themselves by a signature or a secret.',
  resources: [],
}

/** The tag of a path; undefined if its resource has none. */
export function tagOf(path: string): string | undefined {
  const [first = '', , second] = path.split('/').slice(2)
  const resource = (first === 'accounts' && second) || first
  return tags.find(({ resources }) => resources.includes(resource))?.name
}
