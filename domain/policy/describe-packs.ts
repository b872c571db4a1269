import { formatMoney } from '../shared/amount.ts'
import { describeDuration } from '../shared/plain-words.ts'
import type { Pack } from './pack-schema.ts'
import type { Policy } from './policy.ts'

/** The packs and the refund terms of a policy. */
export function describePackSales(policy: Policy): string[] {
  const packs = Object.values(describePacks(policy))
  return packs.length === 0 ? [] : [...packs, describeRefunds(policy)]
}

export function describePacks(policy: Policy): Record<string, string> {
  const each = Object.entries(policy.packs)
  return Object.fromEntries(each.map(([id, pack]) => [id, `${pack.name}: ${packParts(policy, pack).join('; ')}.`]))
}

function packParts(policy: Policy, pack: Pack): string[] {
  const { credits, price, source, validity, discount_percent, volume_discounts, quantities, delivery } = pack
  const buyers = [
    ...(pack.members_only ? ['members'] : []),
    ...(pack.plans ?? []).map(plan => policy.plans[plan]?.name ?? plan),
    ...(pack.accounts ? ['certain accounts'] : []),
  ]
  return [
    `${typeof credits === 'number' ? credits : `${credits.random_from} to ${credits.to}, at random,`} ${source} credits for ${formatMoney(price.amount, price.currency)}`,
    ...(discount_percent ? [`${discount_percent} % off`] : []),
    ...volume_discounts.map(({ from, percent }) => `${percent} % off from ${from} packages`),
    ...(quantities ? [`${quantities.join(', ')} at once`] : []),
    ...validityParts(validity),
    ...(delivery === 'code' ? ['as a redemption code'] : []),
    ...(buyers.length > 0 ? [`for ${buyers.join(', ')} only`] : []),
  ]
}

function validityParts(validity: Pack['validity']): string[] {
  if (validity === 'of_source') return []
  if (validity === 'never_expires') return ['without expiry']
  if (typeof validity === 'string') return [`for ${describeDuration(validity)}`]
  const each = Object.entries(validity.by_quantity).map(
    ([quantity, life]) => `${quantity} for ${describeDuration(life)}`,
  )
  return each
}

export function describeRefunds({ purchases: { refund } }: Policy): string {
  if (refund === 'never') return 'Purchases are not refunded.'
  const what =
    refund.what === 'unused_part' ? 'unused credits are refunded pro rata' : 'it is refunded if no credits were used'
  return `Within ${describeDuration(refund.window)} of the purchase, ${what}.`
}
