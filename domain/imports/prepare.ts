import { hashOfEntry } from '../codes/codes.ts'
import type { CodeTerms } from '../codes/redemption.ts'
import { lotTerms, sourceOf } from '../lots/lot-terms.ts'
import { type ImportedMembership, importMembership } from '../memberships/imported.ts'
import { termsOf } from '../memberships/terms.ts'
import type { Policy } from '../policy/policy.ts'
import { parseRequest } from '../shared/parse.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { type ImportKind, type ImportRecord, importRecords } from './records.ts'

/** A record of an import as the database applies it: all that the policy decides is in its values. */
export type PreparedRecord = {
  kind: ImportKind
  /** unique within its kind: the account, the old system's id, or the hash of a code */
  id: string
  /** the account, except of a code */
  account: string | null
  values: object
}

/**
 * Checks a record by its schema and the policy, and decides its terms.
 * @param asOf when the old system was frozen: the records describe this time
 * @throws Refused invalid_request, with a sentence for each mistake
 */
export function prepareRecord(policy: Policy, asOf: Date, kind: ImportKind, value: unknown): PreparedRecord {
  switch (kind) {
    case 'accounts':
      return prepareAccount(asOf, parseRequest(importRecords.accounts, value))
    case 'lots':
      return prepareLot(policy, asOf, parseRequest(importRecords.lots, value))
    case 'memberships':
      return prepareMembership(policy, asOf, parseRequest(importRecords.memberships, value))
    case 'codes':
      return prepareCode(policy, asOf, parseRequest(importRecords.codes, value))
  }
}

function prepareAccount(asOf: Date, { account, ...fields }: ImportRecord<'accounts'>): PreparedRecord {
  return { kind: 'accounts', id: account, account, values: { ...fields, created_at: fields.created_at ?? asOf } }
}

function prepareLot(policy: Policy, asOf: Date, record: ImportRecord<'lots'>): PreparedRecord {
  const { id, account, amount, granted = amount, granted_at, expires_at, reference = id } = record
  if (granted < amount) throw invalidRequest('granted', 'must not be less than amount')
  if (granted_at > asOf) throw invalidRequest('granted_at', `must not be after the freeze, ${asOf.toISOString()}`)
  const stated = expires_at === 'never' ? null : expires_at
  const terms = lotTerms(policy, record.source, { at: granted_at, time_zone: 'UTC' }, stated)
  if (terms.expires_at && terms.expires_at <= asOf)
    throw invalidRequest('expires_at', `is ${terms.expires_at.toISOString()}: the credits have expired; leave them out`)
  return {
    kind: 'lots',
    id,
    account,
    values: {
      ...terms,
      granted,
      left: amount,
      granted_at,
      origin_type: 'import',
      origin_id: reference,
    },
  }
}

/** What a membership is at the time of the import depends on its account's time zone, so only its mistakes are found here. */
function prepareMembership(policy: Policy, asOf: Date, record: ImportRecord<'memberships'>): PreparedRecord {
  const { id, account, subscription, ...fields } = record
  const membership: ImportedMembership = { ...fields, provider: subscription ? 'stripe' : 'manual' }
  const terms = termsOf(policy, fields.plan, membership.provider)
  importMembership(terms, membership, 'UTC', asOf.toISOString())
  return { kind: 'memberships', id, account, values: { membership, subscription: subscription ?? null } }
}

function prepareCode(policy: Policy, asOf: Date, record: ImportRecord<'codes'>): PreparedRecord {
  const { code, sha256, source, credits, issued_at = asOf } = record
  const { members_only, validity: usual } = sourceOf(policy, source)
  const validity = record.validity ?? usual
  if (validity === 'until_next_grant' || validity === 'stated_by_grant')
    throw invalidRequest('validity', `is required: ${source} credits have the validity of their grant`)
  const terms: CodeTerms = { source, credits, validity, members_only, policy_version: policy.version }
  const hash = code === undefined ? (sha256 ?? '').toLowerCase() : hashOfEntry(code)
  return { kind: 'codes', id: hash, account: null, values: { terms, issued_at } }
}
