import type { AttentionItem } from '@lotkeeper/client'
import type { Act } from '../act.ts'
import { auditAccount } from '../audit.ts'
import type { Desk } from '../desk.ts'
import { reactivate, renew } from '../memberships/renewal.ts'
import { enableEndpoint } from '../operations/endpoints.ts'
import { assignPayment, dismissPayment } from '../purchases/assign.ts'
import { resendCode, setCodeAddress } from '../purchases/codes.ts'
import { refund } from '../purchases/refund.ts'
import { reissue } from '../purchases/reissue.ts'
import { acknowledge, approve, decline, retry } from './items.ts'

type Way = (desk: Desk, item: AttentionItem) => Act

/** The acts behind the names of the API's ways out. */
const ways: Record<string, Way> = {
  acknowledge,
  retry,
  approve,
  decline,
  reissue: (desk, { subject }) => reissue(desk, subject.id),
  refund: (desk, { subject, currency }) => refund(desk, subject.id, currency ?? ''),
  resend: (desk, { subject }) => resendCode(desk, subject.id),
  set_address: (desk, { subject }) => setCodeAddress(desk, subject.id),
  assign: (desk, { id }) => assignPayment(desk, id),
  dismiss: (desk, { id }) => dismissPayment(desk, id),
  audit: (desk, { account }) => auditAccount(desk, account ?? ''),
  reactivate: (desk, { subject }) => reactivate(desk, subject.id),
  renew: (desk, { subject }) => renew(desk, subject.id),
  enable: (desk, { subject }) => enableEndpoint(desk, subject.id),
}

/** The acts that resolve something of the inbox, the usual one first. */
export function actsFor(desk: Desk, item: AttentionItem): Act[] {
  return item.actions.flatMap(({ name }) => ways[name]?.(desk, item) ?? [])
}
