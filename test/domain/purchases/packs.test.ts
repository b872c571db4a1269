import fc from 'fast-check'
import { type Buyer, offersFor, pickRandomCredits, sell } from '../../../domain/purchases/packs.ts'
import { policyWith, refusalOf } from '../policy/example-policy.ts'

const EUR = { amount: 1000, currency: 'EUR' }

const policy = policyWith({
  version: 7,
  sources: { bought: { validity: 'P2Y', members_only: true }, gift: { validity: 'stated_by_grant' } },
  plans: { gold: { name: 'Gold' } },
  packs: {
    plain: { name: 'Plain', source: 'bought', credits: 10, price: EUR },
    club: { name: 'Club', source: 'bought', credits: 10, price: EUR, members_only: true },
    golden: { name: 'Golden', source: 'bought', credits: 10, price: EUR, plans: ['gold'] },
    own: { name: 'Own', source: 'bought', credits: 10, price: EUR, accounts: ['ada'], validity: 'P3Y' },
    bulk: {
      name: 'Bulk',
      source: 'bought',
      credits: 100,
      price: EUR,
      validity: { by_quantity: { 1: 'P1M', 12: 'P12M', 3: 'P3M' } },
      discount_percent: 10,
      volume_discounts: [
        { from: 3, percent: 5 },
        { from: 12, percent: 25 },
      ],
    },
    stepped: {
      name: 'Stepped',
      source: 'bought',
      credits: 10,
      price: { amount: 1001, currency: 'EUR' },
      volume_discounts: [
        { from: 5, percent: 10 },
        { from: 10, percent: 20 },
      ],
    },
    surprise: {
      name: 'Surprise',
      source: 'bought',
      credits: { random_from: 3, to: 7 },
      price: EUR,
      quantities: [1],
    },
  },
  purchases: {
    refund: { window: 'P14D', what: 'unused_part' },
    fulfilment: { within_minutes: 5, bonus: { percent: 10, source: 'bought' } },
  },
})

const nonMember: Buyer = { account: 'bob', is_member: false, plans: [] }
const member: Buyer = { account: 'bob', is_member: true, plans: ['gold'] }
const ada: Buyer = { account: 'ada', is_member: false, plans: [] }

it.each([
  [nonMember, 'plain bulk stepped surprise'],
  [member, 'plain club golden bulk stepped surprise'],
  [ada, 'plain own bulk stepped surprise'],
])('%j is offered %s', (buyer, packs) => {
  const offers = offersFor(policy, buyer)
  expect(offers.map(({ id }) => id).join(' ')).toBe(packs)
})

//      pack       quantity  buyer     arranged  price  discount  credits  validity
it.each([
  ['plain', 1, nonMember, 0, 1000, 0, 10, 'P2Y'],
  ['plain', 100, nonMember, 0, 100000, 0, 1000, 'P2Y'],
  ['plain', 1, nonMember, 33, 670, 33, 10, 'P2Y'],
  ['club', 1, member, 0, 1000, 0, 10, 'P2Y'],
  ['golden', 1, member, 0, 1000, 0, 10, 'P2Y'],
  ['own', 1, ada, 0, 1000, 0, 10, 'P3Y'],
  ['bulk', 1, nonMember, 0, 900, 10, 100, 'P1M'],
  ['bulk', 3, nonMember, 0, 2700, 10, 300, 'P3M'], // the larger of 10 and 5, never both
  ['bulk', 12, nonMember, 0, 9000, 25, 1200, 'P12M'],
  ['bulk', 12, nonMember, 20, 9000, 25, 1200, 'P12M'],
  ['bulk', 12, nonMember, 50, 6000, 50, 1200, 'P12M'],
] as const)(
  'the price and credits of %s × %i',
  (pack, quantity, buyer, arranged_percent, amount, discount, credits, validity) => {
    const sale = sell(policy, { ...buyer, arranged_percent }, { pack, quantity })
    expect(sale).toMatchObject({
      pack,
      quantity,
      amount,
      currency: 'EUR',
      discount_percent: discount,
      credits,
    })
    expect(sale.terms).toEqual({
      policy_version: 7,
      name: policy.packs[pack]?.name,
      source: 'bought',
      validity,
      members_only: true,
      delivery: 'credits',
      refund: { window: 'P14D', what: 'unused_part' },
      within_minutes: 5,
      transfer_within: 'P14D',
      bonus: { percent: 10, source: 'bought' },
    })
  },
)

it.each([
  ['nothing', 1, nonMember, 'invalid_request'],
  ['constructor', 1, nonMember, 'invalid_request'],
  ['club', 1, nonMember, 'membership_required'],
  ['golden', 1, nonMember, 'invalid_request'],
  ['own', 1, nonMember, 'invalid_request'],
  ['plain', 0, nonMember, 'quantity_not_offered'],
  ['plain', 101, nonMember, 'quantity_not_offered'],
  ['bulk', 2, nonMember, 'quantity_not_offered'],
  ['surprise', 2, nonMember, 'quantity_not_offered'],
] as const)('%s × %i is refused', (pack, quantity, buyer, code) => {
  expect(refusalOf(() => sell(policy, buyer, { pack, quantity }))).toMatchObject({ code })
})

it('discounts do not add up, and prices are rounded in favour of the customer', () => {
  const percents = fc.integer({ min: 0, max: 99 })
  fc.assert(
    fc.property(percents, fc.constantFrom(1, 3, 12), (arranged_percent, quantity) => {
      const { amount, discount_percent } = sell(policy, { ...nonMember, arranged_percent }, { pack: 'bulk', quantity })
      expect(discount_percent).toBe(Math.max(arranged_percent, quantity === 12 ? 25 : 10))
      const exactAmount = 1000 * quantity * (1 - discount_percent / 100)
      expect(amount).toBeGreaterThan(exactAmount - 1)
      expect(amount).toBeLessThanOrEqual(exactAmount + 1e-9)
    }),
  )
})

//   pack     arranged  prices
it.each([
  ['plain', 0, ['1: 1000 of 1000 (0 %) P2Y']],
  ['stepped', 0, ['1: 1001 of 1001 (0 %) P2Y', '5: 4504 of 5005 (10 %) P2Y', '10: 8008 of 10010 (20 %) P2Y']],
  ['stepped', 15, ['1: 850 of 1001 (15 %) P2Y', '10: 8008 of 10010 (20 %) P2Y']],
  ['bulk', 0, ['1: 900 of 1000 (10 %) P1M', '3: 2700 of 3000 (10 %) P3M', '12: 9000 of 12000 (25 %) P12M']],
] as const)('%s with a discount of %i %% is offered at %j', (pack, arranged_percent, prices) => {
  const buyer = { ...nonMember, arranged_percent }
  const offer = offersFor(policy, buyer).find(({ id }) => id === pack)
  expect(
    offer?.prices.map(
      ({ quantity, amount, full_amount, discount_percent, validity }) =>
        `${quantity}: ${amount} of ${full_amount} (${discount_percent} %) ${validity}`,
    ),
  ).toEqual(prices)
  // A quantity in between costs what the API's description says.
  for (const quantity of offer?.quantities ?? Array.from({ length: 100 }, (_, n) => n + 1)) {
    const percent = offer?.prices.findLast(price => price.quantity <= quantity)?.discount_percent ?? 0
    const sale = sell(policy, buyer, { pack, quantity })
    expect(sale.amount).toBe(Math.floor(((offer?.full_amount ?? 0) * quantity * (100 - percent)) / 100))
  }
})

it('each amount of a random pack is equally likely', () => {
  const { credits } = sell(policy, nonMember, { pack: 'surprise', quantity: 1 })
  expect(offersFor(policy, nonMember).find(({ id }) => id === 'surprise')?.credits).toBeNull()
  const picked = Array.from({ length: 100 }, (_, n) => pickRandomCredits({ credits }, n / 100))
  for (const amount of [3, 4, 5, 6, 7]) expect(picked.filter(each => each === amount)).toHaveLength(20)
  expect(pickRandomCredits({ credits }, 1 - 2 ** -48)).toBe(7)
  expect(pickRandomCredits({ credits: 5 }, 0.9)).toBe(5)
})
