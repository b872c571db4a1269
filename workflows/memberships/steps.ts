import type { MembershipActivities } from '../../activities/membership.ts'
import { databaseStep, providerCall } from '../lib/activity-options.ts'
import { localSteps, steps } from '../lib/steps.ts'

/** The steps of a membership, with their summaries in the Temporal UI. */
export const { openMembership, readMembership, stepMembership, applyToMembership, applySubscription } = localSteps<
  MembershipActivities,
  'openMembership' | 'readMembership' | 'stepMembership' | 'applyToMembership' | 'applySubscription'
>(databaseStep, {
  openMembership: 'Record the new membership',
  readMembership: 'Read the membership from the ledger',
  stepMembership: 'Take what is due: grant, past due, lapse or end',
  applyToMembership: 'Apply an event',
  applySubscription: "Apply the provider's subscription",
})
export const { readSubscription, changeSubscription } = steps<
  MembershipActivities,
  'readSubscription' | 'changeSubscription'
>(providerCall, {
  readSubscription: 'Read the subscription at the provider',
  changeSubscription: 'Change the subscription at the provider',
})
