import { timeOf } from '../../db/accounts/accounts.ts'
import { raiseAttention } from '../../db/attention/raise.ts'
import { loadMembership } from '../../db/memberships/memberships.ts'
import { type Raising, raisingRefusals } from '../attention.ts'
import type { MembershipDeps, MembershipRef } from './context.ts'
import type { MembershipStatus } from './status.ts'

/** Runs a step that the workflow takes by itself, so that a refusal needs a person. */
export function raisingOwnRefusals(
  deps: MembershipDeps,
  ref: MembershipRef,
  run: () => Promise<MembershipStatus>,
): Promise<MembershipStatus> {
  return raisingRefusals(
    deps.db,
    async () => [await subjectOf(deps, ref)],
    run,
    ({ attention }) => attention,
  )
}

/** Raises attention that is not recorded with the membership. */
export async function raiseForMembership(deps: MembershipDeps, ref: MembershipRef, message: string): Promise<void> {
  const { about, at } = await subjectOf(deps, ref)
  await raiseAttention(deps.db, about, message, at)
}

/** @throws Refused not_found */
async function subjectOf({ db, now }: MembershipDeps, { product, id }: MembershipRef): Promise<Raising> {
  const { account_key, ...found } = await loadMembership(db, product, id)
  return { about: { product, subject: 'membership', id, account_key }, at: timeOf(found, now()) }
}
