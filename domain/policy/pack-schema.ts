import { z } from 'zod'
import { duration, name, optional } from './section-schemas.ts'

/** The packs of a policy, and the terms of all purchases. */

const currencies = Intl.supportedValuesOf('currency')
const isoCurrency = 'must be a currency of ISO 4217, for example "EUR"'
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: isoCurrency, abort: true })
  .refine(code => currencies.includes(code), isoCurrency)
export const price = z.strictObject({ amount: z.int().min(0).describe('In minor units.'), currency })

const percent = z.int().min(1).max(99)

const credits = z
  .union(
    [
      z.int().min(1),
      z.strictObject({ random_from: z.int().min(1), to: z.int().min(1) }).refine(d => d.random_from <= d.to, {
        path: ['to'],
        message: 'must not be below random_from',
      }),
    ],
    'must be whole credits, or {random_from, to}',
  )
  .describe('Credits of one package; {random_from, to}: random, once per purchase, uniformly distributed.')

const quantity = z.string().regex(/^[1-9]\d{0,3}$/, 'must be a number of packages')
const validity = z
  .union(
    [
      z.literal('of_source'),
      z.literal('never_expires'),
      duration,
      z.strictObject({
        by_quantity: z.record(quantity, duration).refine(by => Object.keys(by).length > 0, 'must name a quantity'),
      }),
    ],
    'must be of_source, never_expires, a calendar duration or {by_quantity: {"3": P3M, …}}',
  )
  .default('of_source')
  .describe('The validity of the credits from their grant; by_quantity also limits the quantities on sale.')

export const pack = z
  .strictObject({
    name: z.string().min(1).describe('The name for customers.'),
    credits,
    price,
    source: name.default('purchased').describe('The source of its credits.'),
    validity,
    quantities: optional(z.array(z.int().min(1).max(9999)).min(1), 'The allowed quantities; null: any up to 100.'),
    discount_percent: percent
      .nullable()
      .default(null)
      .describe('Off the price. Only the largest of all discounts applies.'),
    volume_discounts: z
      .array(z.strictObject({ from: z.int().min(2), percent }))
      .default([])
      .describe('Off the price from a quantity on.'),
    members_only: z.boolean().default(false).describe('Sold to members only.'),
    plans: z.array(name).min(1).nullable().default(null).describe('Sold to holders of these plans only.'),
    accounts: optional(z.array(z.string().min(1)).min(1), 'A custom pack, sold to these accounts only.'),
    delivery: z
      .enum(['credits', 'code'])
      .default('credits')
      .describe('code: a redemption code is emailed, and redeeming it grants the credits.'),
    gumroad: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .regex(/\/l\/[\w-]+$/, 'must end in /l/ and the name of the product at Gumroad')
      .optional()
      .describe('The page at Gumroad that sells it.'),
  })
  .refine(p => typeof p.validity !== 'object' || p.quantities === null, {
    path: ['quantities'],
    message: 'must be left out where validity is by_quantity',
  })

const paymentMethod = z.strictObject({
  provider: z.enum(['stripe', 'bank_transfer']).default('stripe'),
  available_from: z.iso.datetime().nullable().optional().describe('null: not offered yet. Left out: offered at once.'),
})

export const purchaseTerms = z
  .strictObject({
    providers: z
      .array(z.enum(['stripe', 'gumroad', 'invoice', 'bank_transfer', 'manual']))
      .min(1)
      .default(['stripe', 'manual'])
      .describe('The payment providers; the first is the default.'),
    payment_methods: z
      .record(z.string().regex(/^[a-z_]+$/), paymentMethod)
      .default({})
      .describe(
        "The ways to pay that customers choose from. Those of Stripe are named as in Stripe's payment_method_types, such as card, kakao_pay; empty: as set in Stripe's Dashboard.",
      ),
    bank_account: optional(
      z.strictObject({
        bank: z.string().min(1),
        number: z.string().min(1).describe('The account number or IBAN.'),
        holder: z.string().min(1),
      }),
      'Where customers send bank transfers to.',
    ),
    transfer_within: duration
      .default('P14D')
      .describe(
        'How long an order waits for a bank transfer; it then expires. Money that comes later is still credited.',
      ),
    refund: z
      .union(
        [
          z.literal('never'),
          z.strictObject({
            window: duration.describe('Counted from the purchase.'),
            what: z
              .enum(['unused_only', 'unused_part'])
              .describe('unused_only: in full, if no credits were used; unused_part: pro rata, rounded down.'),
          }),
        ],
        'must be never or {window, what}',
      )
      .default('never'),
    refund_exceptions: z
      .strictObject({
        approval_above: z
          .int()
          .min(0)
          .nullable()
          .default(0)
          .describe(
            'Minor units of a purchase or a payment of a subscription, refunded in all, beyond which a second person approves; null: never.',
          ),
      })
      .prefault({})
      .describe('Refunds by support, whatever the terms.'),
    fulfilment: z
      .strictObject({
        within_minutes: z
          .int()
          .min(1)
          .max(24 * 60)
          .default(10)
          .describe('Credits that are not granted within this time are late.'),
        bonus: optional(
          z.strictObject({ percent: z.int().min(1).max(1000), source: name }),
          'A bonus for late credits, in per cent, rounded up.',
        ),
      })
      .prefault({}),
  })
  .prefault({})
  .describe('The terms of all purchases.')

export type Pack = z.infer<typeof pack>

type Mistake = { path: (string | number)[]; message: string }

type Named = {
  sources: Record<string, { validity: string }>
  plans: object
  packs: Record<string, Pack>
  purchases: z.infer<typeof purchaseTerms>
}

/** References to unknown sources and plans, or to sources without a validity of their own. */
export function packMistakes({ sources, plans, packs, purchases }: Named): Mistake[] {
  const missing = (known: object, what: string, wanted: string, path: Mistake['path']): Mistake[] =>
    Object.hasOwn(known, wanted)
      ? []
      : [{ path, message: `must be one of the ${what} ${Object.keys(known).join(', ')}` }]
  const withoutValidity = (source: string, path: Mistake['path']): Mistake[] =>
    /^(stated_by_grant|until_next_grant)$/.test(sources[source]?.validity ?? '')
      ? [{ path, message: `the source ${source} has no validity of its own` }]
      : []
  const noPage = (id: string): Mistake[] => [
    {
      path: ['packs', id, 'gumroad'],
      message: 'is required: gumroad is the default provider',
    },
  ]
  const methods = Object.entries(purchases.payment_methods).flatMap(([id, { provider }]): Mistake[] => {
    const path = ['purchases', 'payment_methods', id, 'provider']
    if (!purchases.providers.includes(provider)) return [{ path, message: 'must be one of purchases.providers' }]
    if (provider !== 'bank_transfer' || purchases.bank_account) return []
    return [{ path, message: 'needs purchases.bank_account, where customers send the money to' }]
  })
  const foreignPrice = (id: string): Mistake[] => [
    {
      path: ['packs', id, 'price', 'currency'],
      message: 'must be USD for a pack with a page at Gumroad, which reports US cents',
    },
  ]
  const { bonus } = purchases.fulfilment
  const bonusPath = ['purchases', 'fulfilment', 'bonus', 'source']
  return [
    ...Object.entries(packs).flatMap(([id, { source, validity, plans: holders, gumroad, price }]) => [
      ...(gumroad === undefined && purchases.providers[0] === 'gumroad' ? noPage(id) : []),
      ...(gumroad !== undefined && price.currency !== 'USD' ? foreignPrice(id) : []),
      ...missing(sources, 'sources', source, ['packs', id, 'source']),
      ...(validity === 'of_source' ? withoutValidity(source, ['packs', id, 'validity']) : []),
      ...(holders ?? []).flatMap((plan, n) => missing(plans, 'plans', plan, ['packs', id, 'plans', n])),
    ]),
    ...methods,
    ...(bonus
      ? [...missing(sources, 'sources', bonus.source, bonusPath), ...withoutValidity(bonus.source, bonusPath)]
      : []),
  ]
}
