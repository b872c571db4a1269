import { z } from 'zod'
import { sourceOf } from '../lots/lot-terms.ts'
import type { Pack } from '../policy/pack-schema.ts'
import type { Policy } from '../policy/policy.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'
import { named } from '../shared/shapes.ts'

/** The largest quantity if the policy lists none. */
const MAX_PACKAGES = 100

export type Buyer = {
  account: string
  is_member: boolean
  /** current plans */
  plans: string[]
  /** the discount of a special arrangement */
  arranged_percent?: number | undefined
}

/** The price and terms of a number of packages, as the checkout asks it; money in minor units. */
const priceShape = z.object({
  quantity: z.int(),
  full_amount: z.int(),
  amount: z.int(),
  discount_percent: z.int(),
  validity: z.string(),
})
type Price = z.infer<typeof priceShape>

/** A pack as an account may buy it now; money in minor units. */
export const packShape = named('Pack', {
  id: z.string(),
  name: z.string(),
  credits: z.int().nullable().describe('null: chosen at random on purchase.'),
  // Of one package: before the discount, and with the discount of the smallest quantity.
  full_amount: z.int(),
  amount: z.int(),
  currency: z.string(),
  validity: z.union([z.string(), z.record(z.string(), z.string())]),
  quantities: z.array(z.int()).nullable().describe('null: any up to 100.'),
  discount_percent: z.int(),
  // Of each quantity where the discount or the validity changes.
  prices: z.array(priceShape),
  delivery: z.enum(['credits', 'code']),
})
type Offer = z.infer<typeof packShape>

/** The terms of a purchase, stored with it, so that later policies do not change them (KV-13). */
export type PurchaseTerms = {
  policy_version: number
  /** the pack's name for customers */
  name: string
  source: string
  /** a calendar duration or never_expires, from the grant on */
  validity: string
  members_only: boolean
  delivery: Pack['delivery']
  refund: Policy['purchases']['refund']
  within_minutes: number
  /** how long it waits for a bank transfer */
  transfer_within: string
  bonus: { percent: number; source: string } | null
}

export type Sale = {
  pack: string
  quantity: number
  /** of the whole purchase: fixed, or the inclusive bounds of a random amount */
  credits: number | { random_from: number; to: number }
  /** the total price after the discount, in minor units */
  amount: number
  currency: string
  discount_percent: number
  terms: PurchaseTerms
}

/** The packs on offer to an account (XD-02, LS-11, KV-12). */
export function offersFor(policy: Policy, buyer: Buyer): Offer[] {
  return Object.entries(policy.packs)
    .filter(([, pack]) => isSoldTo(pack, buyer))
    .map(([id, pack]) => {
      const prices = pricesOf(policy, pack, buyer)
      const discount_percent = prices[0]?.discount_percent ?? 0
      return {
        id,
        name: pack.name,
        credits: typeof pack.credits === 'number' ? pack.credits : null,
        full_amount: pack.price.amount,
        amount: discounted(pack.price.amount, discount_percent),
        currency: pack.price.currency,
        validity: shownValidity(policy, pack),
        quantities: quantitiesOf(pack),
        discount_percent,
        prices,
        delivery: pack.delivery,
      }
    })
}

/** Prices a purchase. @throws Refused invalid_request, membership_required, quantity_not_offered */
export function sell(policy: Policy, buyer: Buyer, request: { pack: string; quantity: number }): Sale {
  const pack = Object.hasOwn(policy.packs, request.pack) ? policy.packs[request.pack] : undefined
  if (!pack || !isNamed(pack.accounts, [buyer.account])) throw unknownPack(policy, buyer)
  if (pack.members_only && !buyer.is_member)
    throw new Refused({ code: 'membership_required', detail: `${pack.name} is sold to members only.` })
  if (!isNamed(pack.plans, buyer.plans)) throw unknownPack(policy, buyer)
  const { quantity } = request
  checkQuantity(pack, quantity)
  const { amount, discount_percent, validity } = priceOf(policy, pack, quantity, buyer)
  if (!Number.isSafeInteger(amount)) throw invalidRequest('quantity', 'makes the price too large')
  const { refund, fulfilment, transfer_within } = policy.purchases
  return {
    pack: request.pack,
    quantity,
    credits:
      typeof pack.credits === 'number'
        ? pack.credits * quantity
        : { random_from: pack.credits.random_from * quantity, to: pack.credits.to * quantity },
    amount,
    currency: pack.price.currency,
    discount_percent,
    terms: {
      policy_version: policy.version,
      name: pack.name,
      source: pack.source,
      validity,
      members_only: sourceOf(policy, pack.source).members_only,
      delivery: pack.delivery,
      refund,
      within_minutes: fulfilment.within_minutes,
      transfer_within,
      bonus: fulfilment.bonus,
    },
  }
}

/** The credits of a sale; random amounts are uniform. @param random from 0 to below 1 */
export function pickRandomCredits({ credits }: Pick<Sale, 'credits'>, random: number): number {
  if (typeof credits === 'number') return credits
  return credits.random_from + Math.floor(random * (credits.to - credits.random_from + 1))
}

function isSoldTo(pack: Pack, buyer: Buyer): boolean {
  if (pack.members_only && !buyer.is_member) return false
  return isNamed(pack.plans, buyer.plans) && isNamed(pack.accounts, [buyer.account])
}

function isNamed(wanted: string[] | null, names: string[]): boolean {
  return wanted === null || names.some(name => wanted.includes(name))
}

function unknownPack(policy: Policy, buyer: Buyer): Refused {
  const offered = offersFor(policy, buyer).map(offer => offer.id)
  return invalidRequest('pack', `must be one of ${offered.join(', ') || '(none is sold to this account)'}`)
}

function quantitiesOf({ validity, quantities }: Pack): number[] | null {
  if (typeof validity !== 'object') return quantities
  return Object.keys(validity.by_quantity)
    .map(Number)
    .sort((a, b) => a - b)
}

function checkQuantity(pack: Pack, quantity: number): void {
  const offered = quantitiesOf(pack)
  if (offered ? offered.includes(quantity) : quantity >= 1 && quantity <= MAX_PACKAGES) return
  throw new Refused({
    code: 'quantity_not_offered',
    detail: `${pack.name} is sold in quantities of ${offered?.join(', ') ?? `1 to ${MAX_PACKAGES}`}.`,
    quantities: offered,
  })
}

/** The prices of all quantities on sale; of a pack without fixed ones, of those from which on another discount applies. */
function pricesOf(policy: Policy, pack: Pack, buyer: Buyer): Price[] {
  const steps = [1, ...pack.volume_discounts.map(({ from }) => from)].filter(from => from <= MAX_PACKAGES)
  const quantities = quantitiesOf(pack) ?? [...new Set(steps)].sort((a, b) => a - b)
  const prices = quantities.map(quantity => priceOf(policy, pack, quantity, buyer))
  if (quantitiesOf(pack)) return prices
  return prices.filter((price, n) => price.discount_percent !== prices[n - 1]?.discount_percent)
}

function priceOf(policy: Policy, pack: Pack, quantity: number, buyer: Buyer): Price {
  const discount_percent = discountOf(pack, quantity, buyer)
  const full_amount = pack.price.amount * quantity
  const amount = discounted(full_amount, discount_percent)
  return { quantity, full_amount, amount, discount_percent, validity: validityOf(policy, pack, quantity) }
}

/** The largest discount; they never add up (LS-11). */
function discountOf(pack: Pack, quantity: number, { arranged_percent = 0 }: Buyer): number {
  const volume = pack.volume_discounts.filter(({ from }) => quantity >= from).map(({ percent }) => percent)
  return Math.max(0, pack.discount_percent ?? 0, arranged_percent, ...volume)
}

/** Rounded down, in the customer's favour. */
function discounted(amount: number, percent: number): number {
  return Math.floor((amount * (100 - percent)) / 100)
}

function validityOf(policy: Policy, pack: Pack, quantity: number): string {
  const { validity } = pack
  if (typeof validity === 'object') return validity.by_quantity[quantity] ?? 'never_expires'
  return validity === 'of_source' ? sourceOf(policy, pack.source).validity : validity
}

function shownValidity(policy: Policy, pack: Pack): string | Record<string, string> {
  return typeof pack.validity === 'object' ? pack.validity.by_quantity : validityOf(policy, pack, 1)
}
