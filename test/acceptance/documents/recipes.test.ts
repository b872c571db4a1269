import { followRecipe, readRecipe } from '../../support/clients/recipe.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'

let run: LotkeeperWithStripe

beforeEach(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run?.stop())

type Known = Record<string, string>

/** The Checkout Session of a purchase. */
const sessionOf = ({ purchase = '' }: Known) => run.stripe.payments.sessionOf(purchase)

async function deliverEvent(product: 'kvidai' | 'branding', type: string, objectId: string) {
  await run.deliver(run.stripe.event(type, objectId), { product })
}

async function another(product: 'kvidai' | 'branding', pack: string, known: Known) {
  const { body } = await run.lotkeeper.as(product).post('/v1/accounts/ada/purchases', { pack, provider: 'stripe' })
  known.other = body.id
  return { session: run.stripe.payments.sessionOf(body.id) }
}

it('the recipe for credits that did not arrive', async () => {
  const support = run.lotkeeper.as('branding', 'support')
  const lines = {
    'the customer pays; the webhook is lost': async (known: Known) => run.stripe.payments.pay(sessionOf(known)),
    'the webhook arrives later, twice': async (known: Known) => {
      await deliverEvent('branding', 'checkout.session.completed', sessionOf(known))
      await deliverEvent('branding', 'checkout.session.completed', sessionOf(known))
    },
    'another order; Stripe is unavailable': async (known: Known) => {
      await another('branding', 'boost-100', known)
      run.stripe.setDown(true)
    },
  }
  expect(await followRecipe(readRecipe('credits-did-not-arrive'), support, undefined, lines)).toBe(8)
})

it('the recipe for a refund', async () => {
  const support = run.lotkeeper.as('kvidai', 'support')
  const pay = async (session: string) => {
    run.stripe.payments.pay(session)
    await deliverEvent('kvidai', 'checkout.session.completed', session)
  }
  const lines = {
    'the customer pays': (known: Known) => pay(sessionOf(known)),
    'another purchase is paid; Stripe declines refunds': async (known: Known) => {
      await pay((await another('kvidai', 'credits', known)).session)
      run.stripe.payments.declineRefunds('charge_disputed')
    },
  }
  expect(await followRecipe(readRecipe('refund'), support, undefined, lines)).toBe(9)
})

it('the recipe for a chargeback', async () => {
  const support = run.lotkeeper.as('kvidai', 'support')
  let charge = ''
  let dispute = ''
  const lines = {
    'the customer pays': async (known: Known) => {
      charge = run.stripe.payments.pay(sessionOf(known)).charge
      await deliverEvent('kvidai', 'checkout.session.completed', sessionOf(known))
    },
    "the customer's bank disputes the payment": async () => {
      dispute = run.stripe.payments.dispute(charge)
      await deliverEvent('kvidai', 'charge.dispute.created', dispute)
    },
    'the dispute is won': async () => {
      run.stripe.payments.closeDispute(dispute, 'won')
      await deliverEvent('kvidai', 'charge.dispute.closed', dispute)
    },
  }
  expect(await followRecipe(readRecipe('chargeback'), support, undefined, lines)).toBe(9)
})
