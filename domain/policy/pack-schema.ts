import { z } from 'zod'
import { duration, name } from './terms.ts'

/** What a policy says about packs: the sizes there are, and the terms that every purchase of the product is made under. */

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency of ISO 4217, for example "EUR"')
const percent = z.int().min(1).max(99)

/** Credits of one package: fixed, or drawn once when it is bought. */
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
  .describe('Credits of one package; {random_from, to}: drawn once per purchase, each amount as likely.')

const quantity = z.string().regex(/^[1-9]\d{0,3}$/, 'must be a number of packages')
const validity = z
  .union(
    [
      z.literal('of_source'),
      z.literal('never_expires'),
      duration,
      z.strictObject({
        by_quantity: z
          .record(quantity, duration)
          .refine(by => Object.keys(by).length > 0, 'must name a quantity'),
      }),
    ],
    'must be of_source, never_expires, a calendar duration or {by_quantity: {"3": P3M, …}}',
  )
  .default('of_source')
  .describe('How long the credits live from their grant; by_quantity also says which quantities are sold.')

export const pack = z
  .strictObject({
    name: z.string().min(1).describe('The name that customers know.'),
    credits,
    price: z.strictObject({ amount: z.int().min(0).describe('In minor units.'), currency }),
    source: name.default('purchased').describe('The source its credits count as.'),
    validity,
    quantities: z
      .array(z.int().min(1).max(9999))
      .min(1)
      .nullable()
      .default(null)
      .describe('The numbers of packages that may be bought at once; null: any up to 100.'),
    discount_percent: percent
      .nullable()
      .default(null)
      .describe('Off the price. Of all discounts the largest counts: none is added to another.'),
    volume_discounts: z
      .array(z.strictObject({ from: z.int().min(2), percent }))
      .default([])
      .describe('Off the price from a number of packages on.'),
    members_only: z.boolean().default(false).describe('Sold to accounts with an active membership only.'),
    plans: z.array(name).min(1).nullable().default(null).describe('Sold to holders of these plans only.'),
    accounts: z
      .array(z.string().min(1))
      .min(1)
      .nullable()
      .default(null)
      .describe('A custom pack, sold to these accounts only.'),
    delivery: z
      .enum(['credits', 'code'])
      .default('credits')
      .describe('code: a redemption code is sent, and the credits come when it is redeemed.'),
    gumroad: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .regex(/\/l\/[\w-]+$/, 'must end in /l/ and the name of the product at Gumroad')
      .optional()
      .describe('The page at Gumroad on which it is sold; a sale there is one of this pack.'),
  })
  .refine(p => typeof p.validity !== 'object' || p.quantities === null, {
    path: ['quantities'],
    message: 'must be left out where validity is by_quantity',
  })

export const purchaseTerms = z
  .strictObject({
    providers: z
      .array(z.enum(['stripe', 'gumroad', 'invoice', 'bank_transfer', 'manual']))
      .min(1)
      .default(['stripe', 'manual'])
      .describe('How one may pay; the first where a purchase does not say.'),
    payment_methods: z
      .array(z.string().regex(/^[a-z_]+$/))
      .default([])
      .describe(
        "Stripe's payment_method_types, such as card, kakao_pay; empty: as set in Stripe's Dashboard.",
      ),
    refund: z
      .union(
        [
          z.literal('never'),
          z.strictObject({
            window: duration.describe('Counted from the purchase.'),
            what: z
              .enum(['unused_only', 'unused_part'])
              .describe('unused_only: all, if nothing was used; unused_part: pro rata, rounded down.'),
          }),
        ],
        'must be never or {window, what}',
      )
      .default('never'),
    fulfilment: z
      .strictObject({
        within_minutes: z
          .int()
          .min(1)
          .max(24 * 60)
          .default(10)
          .describe('Credits that are not there this long after the purchase are late.'),
        bonus: z
          .strictObject({ percent: z.int().min(1).max(1000), source: name })
          .nullable()
          .default(null)
          .describe('What is added for the trouble when credits were late, per cent of them, rounded up.'),
      })
      .prefault({}),
  })
  .prefault({})
  .describe('The terms that every purchase is made under.')

export type Pack = z.infer<typeof pack>

type Mistake = { path: (string | number)[]; message: string }

type Named = {
  sources: Record<string, { validity: string }>
  plans: object
  packs: Record<string, Pack>
  purchases: z.infer<typeof purchaseTerms>
}

/** What packs and terms name that the policy does not have, or that has no validity of its own. */
export function packMistakes({ sources, plans, packs, purchases }: Named): Mistake[] {
  const missing = (known: object, what: string, wanted: string, path: Mistake['path']): Mistake[] =>
    Object.hasOwn(known, wanted)
      ? []
      : [{ path, message: `must be one of the ${what} ${Object.keys(known).join(', ')}` }]
  const vague = (source: string, path: Mistake['path']): Mistake[] =>
    /^(stated_by_grant|until_next_grant)$/.test(sources[source]?.validity ?? '')
      ? [{ path, message: `the source ${source} has no validity of its own` }]
      : []
  const noPage = (id: string): Mistake[] => [
    {
      path: ['packs', id, 'gumroad'],
      message: 'is needed: one pays at Gumroad unless a purchase says otherwise',
    },
  ]
  const { bonus } = purchases.fulfilment
  const bonusPath = ['purchases', 'fulfilment', 'bonus', 'source']
  return [
    ...Object.entries(packs).flatMap(([id, { source, validity, plans: holders, gumroad }]) => [
      ...(gumroad === undefined && purchases.providers[0] === 'gumroad' ? noPage(id) : []),
      ...missing(sources, 'sources', source, ['packs', id, 'source']),
      ...(validity === 'of_source' ? vague(source, ['packs', id, 'validity']) : []),
      ...(holders ?? []).flatMap((plan, n) => missing(plans, 'plans', plan, ['packs', id, 'plans', n])),
    ]),
    ...(bonus
      ? [...missing(sources, 'sources', bonus.source, bonusPath), ...vague(bonus.source, bonusPath)]
      : []),
  ]
}
