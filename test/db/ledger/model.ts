/** The model of the ledger: lots in one array, no SQL. Times are whole hours. */
export type ModelLot = {
  id: number
  granted: number
  available: number
  held: number
  spent: number
  expired: number
  revoked: number
  expires: number | null
  membersOnly: boolean
  source: string
  /** whether it holds credits that returned to an expired lot; those are revived once */
  revived: boolean
}

type ModelHold = { draws: { lot: ModelLot; amount: number }[]; open: boolean }

const REVIVED_HOURS = 7 * 24

export class Model {
  now = 0
  /** how long returned credits of an expired lot live */
  revivedHours = REVIVED_HOURS
  memberUntil = Number.NEGATIVE_INFINITY
  readonly lots: ModelLot[] = []
  readonly holds = new Map<string, ModelHold>()

  grant(amount: number, expires: number | null, membersOnly: boolean, source: string, revived = false): void {
    this.expire()
    this.lots.push({
      id: this.lots.length,
      granted: amount,
      available: amount,
      held: 0,
      spent: 0,
      expired: 0,
      revoked: 0,
      expires,
      membersOnly,
      source,
      revived,
    })
  }

  /** Compares two lots by spending order. */
  protected order(a: ModelLot, b: ModelLot): number {
    return bySpendingOrder(a, b)
  }

  /** @returns false when there are too few credits */
  reserve(id: string, cost: number): boolean {
    this.expire()
    const order = this.lots
      .filter(lot => lot.available > 0 && (this.isMember() || !lot.membersOnly))
      .sort((a, b) => this.order(a, b))
    if (sum(order, 'available') < cost) return false
    const draws = []
    let remaining = cost
    for (const lot of order) {
      const amount = Math.min(remaining, lot.available)
      if (amount === 0) continue
      lot.available -= amount
      lot.held += amount
      draws.push({ lot, amount })
      remaining -= amount
    }
    this.holds.set(id, { draws, open: true })
    return true
  }

  /** Spends the first credits of the hold and returns the others. @returns false when it is settled already */
  settle(id: string, spend: number): boolean {
    this.expire()
    const hold = this.holds.get(id)
    if (!hold?.open) return false
    hold.open = false
    let remaining = spend
    for (const { lot, amount } of hold.draws) {
      const spent = Math.min(remaining, amount)
      remaining -= spent
      lot.held -= amount
      lot.spent += spent
      this.returnCredits(lot, amount - spent)
    }
    return true
  }

  protected returnCredits(lot: ModelLot, amount: number): void {
    if (amount === 0) return
    if (lot.expires === null || lot.expires > this.now) {
      lot.available += amount
      return
    }
    lot.expired += amount
    if (!lot.revived) this.grant(amount, this.now + this.revivedHours, lot.membersOnly, lot.source, true)
  }

  /** Revokes the credits that would be spent last. @returns false when there are too few credits of the source */
  revoke(source: string, credits: number): boolean {
    this.expire()
    const lots = this.lots.filter(lot => lot.source === source).sort((a, b) => this.order(b, a))
    if (sum(lots, 'available') < credits) return false
    let remaining = credits
    for (const lot of lots) {
      const amount = Math.min(remaining, lot.available)
      lot.revoked += amount
      lot.available -= amount
      remaining -= amount
    }
    return true
  }

  expire(): void {
    for (const lot of this.lots) {
      if (lot.expires === null || lot.expires > this.now) continue
      lot.expired += lot.available
      lot.available = 0
    }
  }

  isMember(): boolean {
    return this.now < this.memberUntil
  }

  balance(): { available: number; held: number; frozen: number } {
    const unexpired = this.lots.filter(lot => lot.expires === null || lot.expires > this.now)
    const frozen = unexpired.filter(lot => lot.membersOnly && !this.isMember())
    return {
      available: sum(unexpired, 'available') - sum(frozen, 'available'),
      held: sum(this.lots, 'held'),
      frozen: sum(frozen, 'available'),
    }
  }
}

/** Compares two lots by expiry, then age. */
function bySpendingOrder(a: ModelLot, b: ModelLot): number {
  const [first, second] = [a.expires ?? Number.MAX_SAFE_INTEGER, b.expires ?? Number.MAX_SAFE_INTEGER]
  return first - second || a.id - b.id
}

function sum(lots: ModelLot[], state: 'available' | 'held'): number {
  return lots.reduce((total, lot) => total + lot[state], 0)
}
