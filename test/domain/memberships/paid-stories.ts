import { type Billed, BilledSubscription, type Plan } from './billed-subscription.ts'
import { JAN, type Reading, syncAll } from './example-payments.ts'

export type { Plan } from './billed-subscription.ts'

const HOUR_MS = 3_600_000

/** What happens some hours later, and whether the subscription is read then. */
export type Act = {
  kind: 'change' | 'restart' | 'renewal' | 'payment'
  plan: Plan
  billed: Billed
  isPaid: boolean
  hours: number
  isRead: boolean
}

export type Story = { plan: Plan; acts: Act[] }

/** Plays a story, which a renewal ends. @returns the subscription, and the credits of the membership that follows it */
export function play({ plan, acts }: Story): { subscription: BilledSubscription; credits: number } {
  const subscription = new BilledSubscription(plan, JAN)
  const readings: Reading[] = []
  const read = () => readings.push([subscription.now, subscription.lines, subscription.fields])
  read()
  for (const each of acts) {
    doAct(subscription, each)
    if (each.isRead) read()
  }
  subscription.renew(true)
  read()
  const steps = syncAll(readings, { refund: 'keep' })
  const { revoked = {}, returned = {} } = steps.at(-1)?.membership ?? {}
  const granted = steps.flatMap(({ due }) => due.map(({ credits }) => credits))
  return { subscription, credits: sum(granted) - sum(Object.values(revoked)) - sum(Object.values(returned)) }
}

function doAct(subscription: BilledSubscription, { kind, plan, billed, isPaid, hours }: Act): void {
  const at = new Date(Date.parse(subscription.now) + hours * HOUR_MS).toISOString()
  if (kind === 'renewal' || at >= subscription.to) subscription.renew(isPaid)
  else {
    subscription.now = at
    if (kind === 'payment') subscription.pay()
    else if (kind === 'restart') subscription.restart(plan, isPaid)
    else if (plan !== subscription.plan) subscription.change(plan, billed, isPaid)
  }
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, each) => total + each, 0)
}
