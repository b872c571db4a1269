/**
 * The model of a purchase with refunds and disputes: the money at Stripe, the events received, and the credits of the
 * account. Times are whole days; one pack of CREDITS for AMOUNT.
 */
export const CREDITS = 100
export const AMOUNT = 9_900
const WINDOW_DAYS = 14
/** ten minutes and 25 hours after the order, in days */
const ASKED_AT = [10 / 1440, 25 / 24]

export type Dispute = { amount: number; status: 'open' | 'lost' | 'won' }

/** A payment at Stripe, its disputes by id. An event carries one object, as of its time. */
export type Money = { paid: boolean; refunded: number; disputes: Record<string, Dispute> }

/** Credits that a cause revoked: of the purchase, of later grants that paid its debt, and the remaining debt. */
type Claim = { bought: number; given: number; owed: number }

const RANK = { open: 0, lost: 1, won: 2 }

export class PurchaseModel {
  now = 0
  readonly money: Money = { paid: false, refunded: 0, disputes: {} }

  bought = 0
  spentOfBought = 0
  promotional = 0
  given = false
  /** Whether an event named the purchase: a dispute does not, and waits for one that does. */
  private named = false
  private paidAt: number | null = null
  private readonly told: Money = { paid: false, refunded: 0, disputes: {} }
  private readonly claims = new Map<string, Claim>()
  /** credits that each dispute claims */
  private readonly claimed = new Map<string, number>()
  /** credits claimed by refunds, and those that were available for them */
  private takenForRefunds = 0
  private gotForRefunds = 0
  private refundedByUs = false

  /** Events only add facts; one of a refund or dispute implies the payment. */
  hear(news: Partial<Money>, at = this.now): void {
    const { told } = this
    this.named ||= Boolean(news.paid)
    told.paid ||= Boolean(news.paid || news.refunded || Object.keys(news.disputes ?? {}).length)
    told.refunded = Math.max(told.refunded, news.refunded ?? 0)
    for (const [id, dispute] of Object.entries(news.disputes ?? {})) {
      const known = told.disputes[id]
      if (!known || RANK[dispute.status] > RANK[known.status]) told.disputes[id] = { ...dispute }
    }
    if (!told.paid || !this.named) return
    this.paidAt ??= at
    this.give()
    for (const id of Object.keys(told.disputes).sort()) this.hearOfDispute(id, told.disputes[id] as Dispute)
    const share = Math.floor((CREDITS * told.refunded) / AMOUNT)
    const before = this.bought
    this.takenForRefunds += this.take('money back', share - this.takenForRefunds, { owes: false })
    this.gotForRefunds += before - this.bought
  }

  private hearOfDispute(id: string, { amount, status }: Dispute): void {
    if (status === 'won') {
      this.restore(id)
      this.claimed.set(id, 0)
    } else if (!this.claimed.has(id)) {
      this.claimed.set(id, this.take(id, Math.ceil((CREDITS * amount) / AMOUNT), { owes: true }))
    }
  }

  private give(): void {
    if (this.given) return
    this.given = true
    this.bought = CREDITS
  }

  /** Revokes unclaimed credits. @returns how many it claims */
  private take(cause: string, wanted: number, { owes }: { owes: boolean }): number {
    const disputed = [...this.claimed.values()].reduce((sum, credits) => sum + credits, 0)
    const claims = Math.max(0, Math.min(wanted, CREDITS - this.takenForRefunds - disputed))
    const bought = Math.min(claims, this.bought)
    this.bought -= bought
    const before = this.claims.get(cause) ?? { bought: 0, given: 0, owed: 0 }
    const owed = before.owed + (owes ? claims - bought : 0)
    this.claims.set(cause, { ...before, bought: before.bought + bought, owed })
    return claims
  }

  /** Restores the credits of a dispute to where they came from, and cancels its debt. */
  private restore(cause: string): void {
    const claim = this.claims.get(cause)
    if (!claim) return
    this.claims.delete(cause)
    this.promotional += claim.given
    this.bought += claim.bought
    const lacked = Math.min(this.takenForRefunds - this.gotForRefunds, this.bought)
    this.bought -= lacked
    this.gotForRefunds += lacked
  }

  get debt(): number {
    return [...this.claims.values()].reduce((sum, { owed }) => sum + owed, 0)
  }

  grant(credits: number): void {
    let left = credits
    for (const claim of this.claims.values()) {
      const pays = Math.min(claim.owed, left)
      claim.owed -= pays
      claim.given += pays
      left -= pays
    }
    this.promotional += left
  }

  /** Spends promotional credits first, which expire sooner. @returns false when there are too few */
  spend(credits: number): boolean {
    if (this.promotional + this.bought < credits) return false
    const promotional = Math.min(this.promotional, credits)
    this.promotional -= promotional
    this.bought -= credits - promotional
    this.spentOfBought += credits - promotional
    return true
  }

  /** Support grants the credits, paid or not. @returns false after a refund */
  reissue(): boolean {
    if (this.state() === 'disputed' || this.state() === 'refunded') return false
    this.give()
    return true
  }

  /** Support refunds the rest. @returns the code of the refusal, or the money */
  refund(): string | number {
    this.hear(this.money)
    if (this.state() === 'refunded') return 0
    if (this.state() === 'disputed' || this.paidAt === null) return 'refund_not_offered'
    if (this.now >= this.paidAt + WINDOW_DAYS) return 'refund_window_passed'
    if (this.bought === 0) return 'refund_used'
    const amount = Math.min(AMOUNT - this.told.refunded, Math.floor((AMOUNT * this.bought) / CREDITS))
    this.takenForRefunds += this.bought
    this.gotForRefunds += this.bought
    this.bought = 0
    this.refundedByUs = true
    this.money.refunded += amount
    return amount
  }

  /** Polls Stripe when the credits would be late, and again when its checkout expires. */
  pass(days: number): void {
    for (const at of ASKED_AT) if (!this.given && at > this.now && at <= this.now + days) this.hear(this.money, at)
    this.now += days
  }

  state(): 'open' | 'given' | 'disputed' | 'refunded' {
    if (!this.given) return 'open'
    if (this.named && Object.values(this.told.disputes).some(({ status }) => status !== 'won')) return 'disputed'
    return this.refundedByUs || this.told.refunded >= AMOUNT ? 'refunded' : 'given'
  }
}
