import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow'
import type { AuditActivities, AuditStatus } from '../activities/audit.ts'
import type { MembershipActivities } from '../activities/membership.ts'
import { attention, openFindings } from '../domain/shared/attention.ts'
import { auditApprovalId } from './contract/ids.ts'
import { type AuditInput, approveUpdate, declineUpdate, reportedUpdate, searchAttributes } from './contract/messages.ts'
import { membershipStart } from './contract/starts.ts'
import { auditStep } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { signalPurchase, startChildIfNotRunning } from './lib/children.ts'
import { refusalIn } from './lib/failures.ts'
import { attentionParagraph, needsAttention, publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { syncPayments, compareLedger, repairAccount, syncSubscription } = steps<
  AuditActivities & Pick<MembershipActivities, 'syncSubscription'>,
  'syncPayments' | 'compareLedger' | 'repairAccount' | 'syncSubscription'
>(auditStep, {
  syncPayments: 'Ask the payment providers',
  compareLedger: 'Recompute the account and compare',
  repairAccount: 'Correct what may be corrected',
  syncSubscription: 'Apply the subscription at the provider',
})

type Outcome = { outcome: 'clean' | 'repaired' | 'open' | 'declined' | 'refused'; findings: number; open: number }

/**
 * One audit of one account (BR-16): polls the payment providers, compares the ledger with the result of the rules for its
 * history, and repairs the differences: at once within the policy's cap, above it once a second person approves. The report
 * is in the database; this history has only numbers.
 */
export async function audit(input: AuditInput): Promise<Outcome> {
  const workflow = new AuditWorkflow(input)
  setHandler(reportedUpdate, () => workflow.onReported())
  setHandler(approveUpdate, approved_by => workflow.onApprove(approved_by))
  setHandler(declineUpdate, () => workflow.onDecline())
  refuseCancellation('An audit ends by itself, or once its corrections are approved or declined.')
  try {
    await workflow.compare()
    await workflow.repairWhatNeedsNoApproval()
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    workflow.refuse(refusal)
  }
  await condition(() => workflow.isOver())
  await condition(allHandlersFinished)
  return workflow.outcome()
}

class AuditWorkflow {
  private readonly input: AuditInput
  private status: AuditStatus | undefined
  private refusal: Error | undefined
  private state: 'comparing' | 'repairing' | 'awaiting_approval' | 'done' | 'declined' = 'comparing'
  private approving: Promise<void> | undefined

  constructor(input: AuditInput) {
    this.input = input
    this.publish()
  }

  async compare(): Promise<void> {
    const { unasked, subscriptions } = await syncPayments(this.input)
    const granted: string[] = []
    for (const id of subscriptions) {
      const outcome = await this.syncSubscription(id)
      if (outcome === 'unreachable') unasked.push(id)
      else if (outcome === 'granted') granted.push(id)
    }
    this.status = await compareLedger({ ...this.input, unasked, granted })
    this.state = 'repairing'
    this.publish()
  }

  /** Above the cap only the steps that workflows missed are done at once. */
  async repairWhatNeedsNoApproval(): Promise<void> {
    const needsApproval = this.status?.needs_approval === true
    await this.repair(needsApproval ? { approval: auditApprovalId(this.input.id) } : {})
    this.state = needsApproval ? 'awaiting_approval' : 'done'
    this.publish()
  }

  async onReported(): Promise<void> {
    await condition(() => this.isOver() || this.state === 'awaiting_approval')
    if (this.refusal) throw this.refusal
  }

  /** Repairs once, even if it is sent repeatedly. An approval that comes before the comparison has ended waits for it. */
  async onApprove(approved_by: string): Promise<void> {
    await this.onReported()
    if (this.state !== 'awaiting_approval') return
    this.approving ??= this.repair({ approved_by })
    await this.approving.catch(error => {
      this.approving = undefined
      const refusal = refusalIn(error)
      if (refusal) this.refuse(refusal)
      throw refusal ?? error
    })
    this.state = 'done'
    this.publish()
  }

  /** An approval that came first is carried out, and the ledger refuses the other. */
  async onDecline(): Promise<void> {
    await this.onReported()
    if (this.state !== 'awaiting_approval' || this.approving) return
    this.state = 'declined'
    this.publish()
  }

  isOver(): boolean {
    return this.refusal !== undefined || this.state === 'done' || this.state === 'declined'
  }

  refuse(refusal: Error): void {
    this.refusal = refusal
    publishStatus([`Refused: ${refusal.message}`], [])
  }

  outcome(): Outcome {
    const { findings = 0, open = 0 } = this.status ?? {}
    if (this.state === 'declined') return { outcome: 'declined', findings, open }
    const outcome = this.refusal ? 'refused' : open > 0 ? 'open' : findings > 0 ? 'repaired' : 'clean'
    return { outcome, findings, open }
  }

  private async syncSubscription(id: string): Promise<'granted' | 'unchanged' | 'unreachable'> {
    const { product, account } = this.input
    try {
      const status = await syncSubscription({ product, account, id })
      return 'granted' in status && status.granted ? 'granted' : 'unchanged'
    } catch (error) {
      if (refusalIn(error)) return 'unreachable'
      throw error
    }
  }

  private async repair(how: { approval?: string; approved_by?: string }): Promise<void> {
    const { purchases = [], memberships = [] } = this.status ?? {}
    const { product, account } = this.input
    this.status = await repairAccount({ ...this.input, ...how })
    for (const id of purchases) await signalPurchase({ product, account, id })
    // A membership that missed a step has no running workflow; from now on it has one.
    for (const id of memberships) await startChildIfNotRunning('membership', membershipStart({ product, account, id }))
  }

  private attention(): string | null {
    const { id } = this.input
    if (this.state === 'awaiting_approval')
      return attention(
        'audit_approval',
        `read \`GET /v1/audits/${id}\`, then approve or decline it: \`POST /v1/approvals/${auditApprovalId(id)}/approve\` with another key than the one that asked, or \`…/decline\`.`,
      )
    const isOpen = this.state === 'done' && (this.status?.open ?? 0) > 0
    return isOpen ? openFindings(id) : null
  }

  private publish(): void {
    const { state, status } = this
    const { product, account } = this.input
    const reason = this.attention()
    publishStatus(
      [
        attentionParagraph(reason),
        `Audit of ${account}: **${state.replaceAll('_', ' ')}**.`,
        status
          ? `${status.findings} findings, ${status.open} of them open; corrections move ${status.moved} credits, the bonus is ${status.bonus}.`
          : '',
      ],
      [
        { key: searchAttributes.product, value: product },
        { key: searchAttributes.account, value: account },
        { key: searchAttributes.creditsState, value: state },
        needsAttention(reason),
      ],
    )
  }
}
