import type { Product } from './http-model.ts'

const DAYS = 24
/** The parts of two policies that the model needs. */
export const products: Product[] = [
  {
    name: 'kvidai',
    operation: 'text',
    metered: { operation: 'chat', meter: 'input_tokens', per: 1000 },
    sources: ['promotional', 'membership', 'purchased'],
    members_only: ['membership'],
    requires_membership: false,
    plan: 'membership',
    monthly: { source: 'membership', amount: 300, validHours: 30 * DAYS },
    pack: {
      id: 'credits',
      provider: 'bank_transfer',
      credits: 100,
      validHours: 365 * DAYS,
      members_only: false,
    },
  },
  {
    name: 'x-design',
    operation: 'recolor',
    metered: null,
    sources: ['promotional', 'subscription', 'trial', 'purchased'],
    members_only: ['promotional', 'subscription', 'purchased'],
    requires_membership: true,
    plan: 'member',
    monthly: { source: 'subscription', amount: 100, validHours: null },
    pack: { id: 'credits-100', provider: 'manual', credits: 100, validHours: 2 * 365 * DAYS, members_only: true },
  },
]
