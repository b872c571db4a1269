import { Model, type ModelLot } from '../db/ledger/model.ts'

/** The parts of a policy that affect an account in the first month of its membership. */
export type Product = {
  name: string
  /** a tool that costs one credit for each output */
  operation: string
  /** the order among credits of the same expiry */
  sources: string[]
  members_only: string[]
  requires_membership: boolean
  plan: string
  monthly: { source: string; amount: number; lives: number | null }
  pack: { id: string; provider: string; credits: number; lives: number; members_only: boolean }
}

/**
 * The model of the HTTP API for one account: the lots of the ledger's model, and generations with partial settlements,
 * time-outs and repeated requests. Times are whole hours.
 */
export type ModelGeneration = {
  outputs: number
  deadline: number
  /** the lot of each output, in draw order */
  drawn: ModelLot[]
  items: Map<number, boolean>
  /** outputs spent, from the front of `drawn`, and refunded, from its end */
  spent: number
  refunded: number
  closing: string | null
}

export type Said = { status: number; code?: string }
const done: Said = { status: 200 }
const settledAlready: Said = { status: 409, code: 'already_settled' }

const lacksMembership: Said = { status: 403, code: 'membership_required' }

export class HttpModel extends Model {
  readonly generations = new Map<string, ModelGeneration>()
  /** when the granted month of the membership began; null before */
  joined: number | null = null
  /** generations that drew more than one lot and were settled item by item */
  readonly spread = new Set<string>()
  private readonly product: Product

  constructor(product: Product) {
    super()
    this.product = product
  }

  give(source: string, amount: number, lives: number | null): void {
    const { members_only } = this.product
    this.grant(amount, lives === null ? null : this.now + lives, members_only.includes(source), source)
  }

  protected override order(a: ModelLot, b: ModelLot): number {
    const { sources } = this.product
    return (
      (a.expires ?? Number.MAX_SAFE_INTEGER) - (b.expires ?? Number.MAX_SAFE_INTEGER) ||
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      a.id - b.id
    )
  }

  buy(): Said {
    const { credits, lives, members_only } = this.product.pack
    if (members_only && !this.isMember()) return lacksMembership
    this.give('purchased', credits, lives)
    return { status: 201 }
  }

  /** A unit costs one credit. A repeated request gets the first answer; a refused one may be retried. */
  ask(key: string, outputs: number, hours: number): Said {
    const known = this.generations.get(key)
    if (known) {
      const same = known.outputs === outputs && known.deadline - hours === this.askedAt.get(key)
      return same ? { status: 201 } : { status: 422, code: 'idempotency_key_reused' }
    }
    if (this.product.requires_membership && !this.isMember()) return lacksMembership
    if (!this.reserve(key, outputs)) return { status: 402, code: 'insufficient_credits' }
    const drawn = this.holds.get(key)?.draws.flatMap(({ lot, amount }) => Array(amount).fill(lot)) ?? []
    this.askedAt.set(key, this.now)
    this.generations.set(key, {
      outputs,
      deadline: this.now + hours,
      drawn,
      items: new Map(),
      spent: 0,
      refunded: 0,
      closing: null,
    })
    return { status: 201 }
  }
  private readonly askedAt = new Map<string, number>()

  /** Settles all open outputs: so many are delivered, the others refunded. */
  close(key: string, how: 'complete' | 'fail' | 'cancel' | 'timeout', delivered = 0): Said {
    const generation = this.generations.get(key)
    if (!generation) return { status: 404, code: 'not_found' }
    const left = leftOf(generation)
    const closing = `${how} ${delivered}`
    if (generation.closing === closing) return done
    if (left === 0) return settledAlready
    if (delivered > left) return { status: 422, code: 'invalid_request' }
    generation.closing = closing
    this.move(generation, delivered, left - delivered)
    return done
  }

  /** Settles one output; the others stay held. */
  item(key: string, index: number, ok: boolean): Said {
    const generation = this.generations.get(key)
    if (!generation) return { status: 404, code: 'not_found' }
    if (index >= generation.outputs) return { status: 422, code: 'invalid_request' }
    const known = generation.items.get(index)
    if (known !== undefined) return known === ok ? done : settledAlready
    if (leftOf(generation) === 0) return settledAlready
    generation.items.set(index, ok)
    if (new Set(generation.drawn).size > 1) this.spread.add(key)
    this.move(generation, ok ? 1 : 0, ok ? 0 : 1)
    return done
  }

  private move(generation: ModelGeneration, spend: number, refund: number): void {
    this.expire()
    const { drawn } = generation
    const back = drawn.length - generation.refunded
    for (const lot of drawn.slice(generation.spent, generation.spent + spend)) {
      lot.held -= 1
      lot.spent += 1
    }
    const returning = new Map<ModelLot, number>()
    for (const lot of drawn.slice(back - refund, back)) returning.set(lot, (returning.get(lot) ?? 0) + 1)
    for (const [lot, amount] of returning) {
      lot.held -= amount
      this.returnCredits(lot, amount)
    }
    generation.spent += spend
    generation.refunded += refund
  }

  /** Advances the time; unsettled generations time out at their deadlines. */
  pass(hours: number): void {
    const until = this.now + hours
    const due = [...this.generations.entries()]
      .filter(([, generation]) => leftOf(generation) > 0 && generation.deadline <= until)
      .sort(([, a], [, b]) => a.deadline - b.deadline)
    for (const [key, { deadline }] of due) {
      this.now = deadline
      this.close(key, 'timeout')
    }
    this.now = until
  }

  /** The first membership grants a month's credits; a return within the month grants none. */
  member(hours: number): void {
    const { source, amount, lives } = this.product.monthly
    if (this.joined === null) this.give(source, amount, lives)
    this.joined ??= this.now
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
