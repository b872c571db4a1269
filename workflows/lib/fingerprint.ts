import { Refused } from '../../domain/shared/refusals.ts'
import { toFailure } from './failures.ts'

/**
 * Fails where the sender means another request than the one that started the workflow.
 * @param sent and own: digests of the requests; either may be missing, and then nothing is compared
 * @throws ApplicationFailure idempotency_key_reused
 */
export function checkFingerprint(sent: string | undefined, own: string | undefined): void {
  if (sent && own && sent !== own) throw toFailure(new Refused({ code: 'idempotency_key_reused' }))
}
