import {
  allHandlersFinished,
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import type { AuditActivities, AuditStatus } from '../activities/audit.ts'
import type { MembershipActivities } from '../activities/membership.ts'
import { attention } from '../domain/shared/attention.ts'
import { auditApprovalId } from './contract/ids.ts'
import { type AuditInput, approveUpdate, reportedUpdate, searchAttributes } from './contract/messages.ts'
import { membershipStart } from './contract/starts.ts'
import { startChildIfNotRunning } from './lib/children.ts'
import { refusalIn } from './lib/failures.ts'
import { signalPurchase } from './poll.ts'

const { askAboutPayments, compareBook, mendAccount, syncSubscription } = proxyActivities<
  AuditActivities & Pick<MembershipActivities, 'syncSubscription'>
>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '1m' },
})

type Outcome = { outcome: 'clean' | 'mended' | 'open' | 'refused'; findings: number; open: number }

/**
 * One audit of one account (BR-16): the payment providers are asked, the book is compared with what the rules say of its
 * whole history, and what differs is mended: at once within the policy's cap, above it when a second person approves. The
 * book keeps the report; this history knows how much was found, and no names.
 */
export async function audit(input: AuditInput): Promise<Outcome> {
  const story = new Story(input)
  setHandler(reportedUpdate, () => story.reported())
  setHandler(approveUpdate, approved_by => story.approve(approved_by))
  try {
    await story.compare()
    await story.mend()
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    story.end(refusal)
  }
  await condition(() => story.isOver())
  await condition(allHandlersFinished)
  return story.outcome()
}

class Story {
  private readonly input: AuditInput
  private standing: AuditStatus | undefined
  private refusal: Error | undefined
  private state: 'comparing' | 'mending' | 'awaiting_approval' | 'done' = 'comparing'
  private approving: Promise<void> | undefined

  constructor(input: AuditInput) {
    this.input = input
    this.tell()
  }

  async compare(): Promise<void> {
    const { unasked, subscriptions } = await askAboutPayments(this.input)
    const heard: string[] = []
    for (const id of subscriptions) {
      const followed = await this.followed(id)
      if (followed === null) unasked.push(id)
      else if (followed) heard.push(id)
    }
    this.standing = await compareBook({ ...this.input, unasked, heard })
    this.state = 'mending'
    this.tell()
  }

  /** Above the cap only what workflows should have done is done at once. */
  async mend(): Promise<void> {
    const waits = this.standing?.needs_approval === true
    const approval = waits ? { approval: auditApprovalId(this.input.id) } : {}
    await this.mended(approval)
    this.state = waits ? 'awaiting_approval' : 'done'
    this.tell()
  }

  async reported(): Promise<void> {
    await condition(
      () => this.refusal !== undefined || this.state === 'done' || this.state === 'awaiting_approval',
    )
    if (this.refusal) throw this.refusal
  }

  /** However often it is sent, it happens once; sent before the comparison is over, it waits. */
  async approve(approved_by: string): Promise<void> {
    await this.reported()
    if (this.state !== 'awaiting_approval') return
    this.approving ??= this.mended({ approved_by })
    await this.approving.catch(error => {
      this.approving = undefined
      const refusal = refusalIn(error)
      if (refusal) this.end(refusal)
      throw refusal ?? error
    })
    this.state = 'done'
    this.tell()
  }

  isOver(): boolean {
    return this.refusal !== undefined || this.state === 'done'
  }

  end(refusal: Error): void {
    this.refusal = refusal
    setCurrentDetails(`It could not be done: ${refusal.message}`)
  }

  outcome(): Outcome {
    const { findings = 0, open = 0 } = this.standing ?? {}
    const outcome = this.refusal ? 'refused' : open > 0 ? 'open' : findings > 0 ? 'mended' : 'clean'
    return { outcome, findings, open }
  }

  /** Whether asking Stripe brought credits; null where it could not be asked. */
  private async followed(id: string): Promise<boolean | null> {
    const { product, account } = this.input
    try {
      const standing = await syncSubscription({ product, account, id })
      return 'granted' in standing && standing.granted
    } catch (error) {
      if (refusalIn(error)) return null
      throw error
    }
  }

  private async mended(how: { approval?: string; approved_by?: string }): Promise<void> {
    const before = this.standing
    const { product, account } = this.input
    this.standing = await mendAccount({ ...this.input, ...how })
    for (const id of before?.purchases ?? []) await signalPurchase({ product, account, id })
    // A membership that nobody moved has no workflow that runs; from now on it has.
    for (const id of before?.memberships ?? [])
      await startChildIfNotRunning('membership', membershipStart({ product, account, id }))
  }

  /** What somebody should see to. */
  private needed(): string | null {
    const { id } = this.input
    if (this.state === 'awaiting_approval')
      return attention(
        'audit_approval',
        `read \`GET /v1/audits/${id}\`, then \`POST /v1/approvals/${auditApprovalId(id)}/approve\` with another key than the one that asked.`,
      )
    return this.state === 'done' && (this.standing?.open ?? 0) > 0
      ? attention('manual_correction', `\`GET /v1/audits/${id}\` names it.`)
      : null
  }

  private tell(): void {
    const { state, standing } = this
    const { findings = 0, open = 0, moved = 0, bonus = 0 } = standing ?? {}
    const needed = this.needed()
    upsertSearchAttributes([
      { key: searchAttributes.product, value: this.input.product },
      { key: searchAttributes.account, value: this.input.account },
      { key: searchAttributes.creditsState, value: state },
      { key: searchAttributes.needsAttention, value: needed !== null },
    ])
    setCurrentDetails(
      [
        needed ? `**Needs attention.** ${needed}` : '',
        `Audit of ${this.input.account}: **${state.replaceAll('_', ' ')}**.`,
        standing
          ? `${findings} findings, ${open} of them open; corrections move ${moved} credits, the bonus is ${bonus}.`
          : '',
      ]
        .filter(Boolean)
        .join('\n\n'),
    )
  }
}
