import { Model, type ModelLot } from '../db/ledger/model.ts'

/** The parts of a policy that affect an account in the first month of its membership. */
export type Product = {
  name: string
  /** an operation that costs one credit for each output */
  operation: string
  /** an operation that costs one credit per so much of a meter, carries fractions and draws what exceeds the hold */
  metered: { operation: string; meter: string; per: number } | null
  /** spending order of sources with the same expiry */
  sources: string[]
  members_only: string[]
  requires_membership: boolean
  plan: string
  monthly: { source: string; amount: number; validHours: number | null }
  pack: { id: string; provider: string; credits: number; validHours: number; members_only: boolean }
}

/**
 * The model of the HTTP API for one account: the lots of the ledger's model, and generations with partial settlements,
 * time-outs and repeated requests. Times are whole hours.
 */
export type ModelGeneration = {
  outputs: number
  deadline: number
  /** the lot of each output, in draw order */
  outputLots: ModelLot[]
  items: Map<number, boolean>
  /** outputs spent, from the front of `drawn`, and refunded, from its end */
  spent: number
  refunded: number
  closing: string | null
}

export type ExpectedAnswer = { status: number; code?: string }
const success: ExpectedAnswer = { status: 200 }
const alreadySettled: ExpectedAnswer = { status: 409, code: 'already_settled' }

const membershipRequired: ExpectedAnswer = { status: 403, code: 'membership_required' }

export class HttpModel extends Model {
  readonly generations = new Map<string, ModelGeneration>()
  /** start of the granted month of the membership; null before */
  joinedAt: number | null = null
  /** generations that drew from several lots and were settled item by item */
  readonly overSeveralLots = new Set<string>()
  private readonly product: Product

  constructor(product: Product) {
    super()
    this.product = product
  }

  grantCredits(source: string, amount: number, validHours: number | null): void {
    const { members_only } = this.product
    this.grant(amount, validHours === null ? null : this.now + validHours, members_only.includes(source), source)
  }

  protected override order(a: ModelLot, b: ModelLot): number {
    const { sources } = this.product
    return (
      (a.expires ?? Number.MAX_SAFE_INTEGER) - (b.expires ?? Number.MAX_SAFE_INTEGER) ||
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      a.id - b.id
    )
  }

  buy(): ExpectedAnswer {
    const { credits, validHours, members_only } = this.product.pack
    if (members_only && !this.isMember()) return membershipRequired
    this.grantCredits('purchased', credits, validHours)
    return { status: 201 }
  }

  /** Reserves one credit for each output. A repeated request gets the first answer; a refused one may be retried. */
  reserveOnce(key: string, outputs: number, hours: number): ExpectedAnswer {
    const known = this.generations.get(key)
    if (known) {
      const isSame = known.outputs === outputs && known.deadline - hours === this.reservedAt.get(key)
      return isSame ? { status: 201 } : { status: 422, code: 'idempotency_key_reused' }
    }
    if (this.product.requires_membership && !this.isMember()) return membershipRequired
    if (!this.reserve(key, outputs)) return { status: 402, code: 'insufficient_credits' }
    const outputLots = this.holds.get(key)?.draws.flatMap(({ lot, amount }) => Array(amount).fill(lot)) ?? []
    this.reservedAt.set(key, this.now)
    this.generations.set(key, {
      outputs,
      deadline: this.now + hours,
      outputLots,
      items: new Map(),
      spent: 0,
      refunded: 0,
      closing: null,
    })
    return { status: 201 }
  }
  private readonly reservedAt = new Map<string, number>()

  /** Settles all open outputs: `delivered` are spent, the others refunded. */
  closeGeneration(key: string, outcome: 'complete' | 'fail' | 'cancel' | 'timeout', delivered = 0): ExpectedAnswer {
    const generation = this.generations.get(key)
    if (!generation) return { status: 404, code: 'not_found' }
    const left = leftOf(generation)
    const closing = `${outcome} ${delivered}`
    if (generation.closing === closing) return success
    if (left === 0) return alreadySettled
    if (delivered > left) return { status: 422, code: 'invalid_request' }
    generation.closing = closing
    this.moveCredits(generation, delivered, left - delivered)
    return success
  }

  /** Settles one output; the others stay held. */
  settleItem(key: string, index: number, ok: boolean): ExpectedAnswer {
    const generation = this.generations.get(key)
    if (!generation) return { status: 404, code: 'not_found' }
    if (index >= generation.outputs) return { status: 422, code: 'invalid_request' }
    const known = generation.items.get(index)
    if (known !== undefined) return known === ok ? success : alreadySettled
    if (leftOf(generation) === 0) return alreadySettled
    generation.items.set(index, ok)
    if (new Set(generation.outputLots).size > 1) this.overSeveralLots.add(key)
    this.moveCredits(generation, ok ? 1 : 0, ok ? 0 : 1)
    return success
  }

  /** Reserves an estimate and settles an actual usage at once. @returns what is spent, null where it is refused */
  settleMetered(key: string, estimate: number, used: number): { reserved: ExpectedAnswer; spent: number | null } {
    const { per } = this.product.metered ?? { per: 1 }
    const held = Math.ceil(estimate / per)
    const reserved = this.reserveOnce(key, held, 1)
    if (reserved.status !== 201) return { reserved, spent: null }
    const due = used + this.carried
    const wanted = Math.floor(due / per)
    this.carried = due % per
    this.closeGeneration(key, 'complete', Math.min(wanted, held))
    const extra = Math.min(Math.max(0, wanted - held), this.balance().available)
    if (extra > 0) {
      this.reserveOnce(`${key}/more`, extra, 1)
      this.closeGeneration(`${key}/more`, 'complete', extra)
      this.generations.delete(`${key}/more`)
    }
    this.generations.delete(key)
    return { reserved, spent: Math.min(wanted, held) + extra }
  }
  /** usage that no whole credit has paid yet */
  private carried = 0

  isMetered(): boolean {
    return this.product.metered !== null
  }

  private moveCredits(generation: ModelGeneration, spend: number, refund: number): void {
    this.expire()
    const { outputLots } = generation
    const refundEnd = outputLots.length - generation.refunded
    for (const lot of outputLots.slice(generation.spent, generation.spent + spend)) {
      lot.held -= 1
      lot.spent += 1
    }
    const returning = new Map<ModelLot, number>()
    for (const lot of outputLots.slice(refundEnd - refund, refundEnd)) returning.set(lot, (returning.get(lot) ?? 0) + 1)
    for (const [lot, amount] of returning) {
      lot.held -= amount
      this.returnCredits(lot, amount)
    }
    generation.spent += spend
    generation.refunded += refund
  }

  /** Advances the time; unsettled generations time out at their deadlines. */
  advance(hours: number): void {
    const until = this.now + hours
    const due = [...this.generations.entries()]
      .filter(([, generation]) => leftOf(generation) > 0 && generation.deadline <= until)
      .sort(([, a], [, b]) => a.deadline - b.deadline)
    for (const [key, { deadline }] of due) {
      this.now = deadline
      this.closeGeneration(key, 'timeout')
    }
    this.now = until
  }

  /** Starts or reactivates the membership. Its start grants a month's credits, a reactivation within the month none. */
  member(hours: number): void {
    const { source, amount, validHours } = this.product.monthly
    if (this.joinedAt === null) this.grantCredits(source, amount, validHours)
    this.joinedAt ??= this.now
    this.memberUntil = this.now + hours
  }

  lapse(): void {
    this.memberUntil = this.now
  }

  states(): Record<string, string> {
    return Object.fromEntries([...this.generations].map(([key, generation]) => [key, stateOf(generation)]))
  }
}

function leftOf({ outputs, items, closing }: ModelGeneration): number {
  return closing ? 0 : outputs - items.size
}

function stateOf(generation: ModelGeneration): string {
  const { spent, outputs, closing } = generation
  if (leftOf(generation) > 0) return 'reserved'
  if (spent === outputs) return 'committed'
  if (spent > 0) return 'partially_refunded'
  if (closing?.startsWith('cancel')) return 'cancelled'
  return closing?.startsWith('timeout') ? 'timed_out' : 'refunded'
}

/** A lot of the model or of the API, as one line. */
export function summarizeLot(lot: Record<string, unknown>): string {
  return ['source', 'expires_at', 'granted', 'available', 'held', 'spent', 'expired'].map(field => lot[field]).join(' ')
}

export function balanceInHeaders(headers: Headers): Record<string, number> {
  const states = ['available', 'held', 'frozen']
  return Object.fromEntries(states.map(state => [state, Number(headers.get(`credits-${state}`))]))
}
