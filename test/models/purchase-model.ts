/**
 * The model of a purchase with refunds and disputes: the payment at Stripe, the received events, and the credits of the
 * account. Times are whole days; one pack of CREDITS for AMOUNT.
 */
export const CREDITS = 100
export const AMOUNT = 9_900
const WINDOW_DAYS = 14
/** times of the polls: ten minutes and 25 hours after the order, in days */
const POLL_DAYS = [10 / 1440, 25 / 24]

export type Dispute = { amount: number; status: 'open' | 'lost' | 'won' }

/** A payment at Stripe, with its disputes by id. An event contains one object as of its time. */
export type PaymentState = { paid: boolean; refunded: number; disputes: Record<string, Dispute> }

/** Credits that a dispute or refund revoked: of the purchase, of later grants that paid its debt, and the remaining debt. */
type Revocation = { purchased: number; granted: number; owed: number }

const RANK = { open: 0, lost: 1, won: 2 }

export class PurchaseModel {
  now = 0
  readonly money: PaymentState = { paid: false, refunded: 0, disputes: {} }

  purchased = 0
  spentOfPurchased = 0
  promotional = 0
  granted = false
  /** Whether an event named the purchase. A dispute does not name it, so it waits for another event. */
  private isNamed = false
  private paidAt: number | null = null
  private readonly received: PaymentState = { paid: false, refunded: 0, disputes: {} }
  private readonly revocations = new Map<string, Revocation>()
  /** credits of each dispute */
  private readonly disputedCredits = new Map<string, number>()
  /** credits of all refunds, and those of them that were available to revoke */
  private claimedByRefunds = 0
  private revokedByRefunds = 0
  /** those of the refunds that events reported */
  private reported = { claimed: 0, revoked: 0 }
  private isRefundedHere = false

  /** Adds the facts of an event. A refund or dispute implies the payment. */
  applyEvent(event: Partial<PaymentState>, at = this.now): void {
    const { received } = this
    let haveDisputesChanged = false
    this.isNamed ||= Boolean(event.paid)
    received.paid ||= Boolean(event.paid || event.refunded || Object.keys(event.disputes ?? {}).length)
    received.refunded = Math.max(received.refunded, event.refunded ?? 0)
    for (const [id, dispute] of Object.entries(event.disputes ?? {})) {
      const known = received.disputes[id]
      if (known && RANK[dispute.status] <= RANK[known.status]) continue
      received.disputes[id] = { ...dispute }
      haveDisputesChanged = true
    }
    if (!received.paid || !this.isNamed) return
    this.paidAt ??= at
    this.grantPack()
    if (haveDisputesChanged) this.restoreRefunds()
    for (const id of Object.keys(received.disputes).sort()) this.applyDispute(id, received.disputes[id] as Dispute)
    const share = Math.floor((CREDITS * received.refunded) / AMOUNT)
    const before = this.purchased
    const claimed = this.revoke('refunds', share - this.claimedByRefunds, { becomesDebt: false })
    this.claimedByRefunds += claimed
    this.revokedByRefunds += before - this.purchased
    this.reported.claimed += claimed
    this.reported.revoked += before - this.purchased
  }

  /** Disputes take before reported refunds, because only they make a debt: so the order of events makes no difference. */
  private restoreRefunds(): void {
    const { claimed, revoked } = this.reported
    this.purchased += revoked
    this.claimedByRefunds -= claimed
    this.revokedByRefunds -= revoked
    this.reported = { claimed: 0, revoked: 0 }
  }

  private applyDispute(id: string, { amount, status }: Dispute): void {
    if (status === 'won') {
      this.restore(id)
      this.disputedCredits.set(id, 0)
    } else if (!this.disputedCredits.has(id)) {
      this.disputedCredits.set(id, this.revoke(id, Math.ceil((CREDITS * amount) / AMOUNT), { becomesDebt: true }))
    }
  }

  private grantPack(): void {
    if (this.granted) return
    this.granted = true
    this.purchased = CREDITS
  }

  /** Revokes credits that no other cause has revoked. @returns how many, including those that become debt */
  private revoke(cause: string, wanted: number, { becomesDebt }: { becomesDebt: boolean }): number {
    const disputed = [...this.disputedCredits.values()].reduce((sum, credits) => sum + credits, 0)
    const revocations = Math.max(0, Math.min(wanted, CREDITS - this.claimedByRefunds - disputed))
    const purchased = Math.min(revocations, this.purchased)
    this.purchased -= purchased
    const before = this.revocations.get(cause) ?? { purchased: 0, granted: 0, owed: 0 }
    const owed = before.owed + (becomesDebt ? revocations - purchased : 0)
    this.revocations.set(cause, { ...before, purchased: before.purchased + purchased, owed })
    return revocations
  }

  /** Restores the credits of a dispute to their lots, and cancels its debt. */
  private restore(cause: string): void {
    const revocation = this.revocations.get(cause)
    if (!revocation) return
    this.revocations.delete(cause)
    this.promotional += revocation.granted
    this.purchased += revocation.purchased
    const missing = Math.min(this.claimedByRefunds - this.revokedByRefunds, this.purchased)
    this.purchased -= missing
    this.revokedByRefunds += missing
    this.reported.revoked += missing
  }

  get debt(): number {
    return [...this.revocations.values()].reduce((sum, { owed }) => sum + owed, 0)
  }

  grant(credits: number): void {
    let left = credits
    for (const revocation of this.revocations.values()) {
      const payment = Math.min(revocation.owed, left)
      revocation.owed -= payment
      revocation.granted += payment
      left -= payment
    }
    this.promotional += left
  }

  /** Spends promotional credits first, since they expire earlier. @returns false when there are too few */
  spend(credits: number): boolean {
    if (this.promotional + this.purchased < credits) return false
    const promotional = Math.min(this.promotional, credits)
    this.promotional -= promotional
    this.purchased -= credits - promotional
    this.spentOfPurchased += credits - promotional
    return true
  }

  /** Grants the credits by support, paid or not. @returns false after a refund or dispute */
  reissue(): boolean {
    if (this.state() === 'disputed' || this.state() === 'refunded') return false
    this.grantPack()
    return true
  }

  /** Refunds the remaining credits by support. @returns the code of the refusal, or the amount */
  refund(): string | number {
    this.applyEvent(this.money)
    if (this.state() === 'refunded') return 0
    if (this.state() === 'disputed' || this.paidAt === null) return 'refund_not_offered'
    if (this.now >= this.paidAt + WINDOW_DAYS) return 'refund_window_passed'
    if (this.purchased === 0) return 'refund_used'
    const amount = Math.min(AMOUNT - this.received.refunded, Math.floor((AMOUNT * this.purchased) / CREDITS))
    this.claimedByRefunds += this.purchased
    this.revokedByRefunds += this.purchased
    this.purchased = 0
    this.isRefundedHere = true
    this.money.refunded += amount
    return amount
  }

  /** Advances the time. Polls Stripe when the credits would be late, and when the checkout expires. */
  advance(days: number): void {
    for (const at of POLL_DAYS)
      if (!this.granted && at > this.now && at <= this.now + days) this.applyEvent(this.money, at)
    this.now += days
  }

  state(): 'open' | 'granted' | 'disputed' | 'refunded' {
    if (!this.granted) return 'open'
    if (this.isNamed && Object.values(this.received.disputes).some(({ status }) => status !== 'won')) return 'disputed'
    return this.isRefundedHere || this.received.refunded >= AMOUNT ? 'refunded' : 'granted'
  }
}
