import type { Purchase } from '@lotkeeper/client'
import type { Act } from '../act.ts'
import type { Desk } from '../desk.ts'
import { replaceCode, resendCode, setCodeAddress } from './codes.ts'
import { recordPayment } from './payment.ts'
import { refund } from './refund.ts'
import { reissue } from './reissue.ts'

/** States in which credits may be missing. */
const WITHOUT_CREDITS = ['awaiting_payment', 'paid', 'fulfilling', 'delayed', 'failed', 'expired']
const WITH_MONEY = ['paid', 'fulfilling', 'delayed', 'fulfilled', 'reissued']
/** Providers whose payments a person records. */
const BY_HAND = ['manual', 'bank_transfer']

/** What support can do with a purchase as it stands. */
export function actsForPurchase(desk: Desk, { id, state, currency, code, provider, paid_at }: Purchase): Act[] {
  const acts: Act[] = []
  if (paid_at === null && state === 'awaiting_payment' && BY_HAND.includes(provider)) acts.push(recordPayment(desk, id))
  if (WITHOUT_CREDITS.includes(state)) acts.push(reissue(desk, id))
  if (code?.status === 'valid') {
    if (code.email_problem === 'no_address') acts.push(setCodeAddress(desk, id))
    acts.push(resendCode(desk, id), replaceCode(desk, id))
  }
  if (WITH_MONEY.includes(state)) acts.push(refund(desk, id, currency))
  return acts
}
