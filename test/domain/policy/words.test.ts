import path from 'node:path'
import {
  type Descriptions,
  describeGifts,
  describeLimits,
  describeOperations,
  describeOrder,
  describePacks,
  describePlans,
  describeRefunds,
  describeSpending,
  describeValidity,
} from '../../../domain/policy/describe.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { de } from '../../../domain/policy/words/de.ts'
import { en, type Words } from '../../../domain/policy/words/en.ts'
import { ko } from '../../../domain/policy/words/ko.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { root } from '../../support/root.ts'

const policies = [...readPolicies(path.join(root, 'policies')).values()]

/** Every sentence about a policy, without the names that it begins with. */
function sentences(policy: Policy, w: Words): string[] {
  const named: Descriptions[] = [describePlans(policy, w), describePacks(policy, w), describeOperations(policy, w)]
  return [
    ...named.flatMap(sentences => Object.values(sentences).map(line => line.replace(/^.*?: /, ''))),
    ...Object.values(describeValidity(policy, w)),
    ...Object.values(describeLimits(policy, w)).map(line => line.replace(/^.*?: /, '')),
    ...describeOrder(policy, w),
    ...describeSpending(policy, w),
    ...describeGifts(policy, w),
    describeRefunds(policy, w),
  ]
}

const ENGLISH = /\b(credits?|for|after|before|the|with|without|per|of|only|at|and|month|purchased|monthly|image)\b/
/** Names of operations and causes of a policy, which are in no language. */
const IDS = /\b[a-z]+(-[a-z]+)+\b/g

test.each([
  ['German', de],
  ['Korean', ko],
])('a policy is described in %s as fully as in English, and without English words', (_, words) => {
  expect(policies).toHaveLength(5)
  for (const policy of policies) {
    const lines = sentences(policy, words)
    expect(lines).toHaveLength(sentences(policy, en).length)
    expect(lines.filter(line => ENGLISH.test(line.replaceAll(IDS, '')))).toEqual([])
  }
  const { sections } = words
  expect(Object.values(sections).filter(({ who, keeps }) => ENGLISH.test(`${who} ${keeps}`))).toEqual([])
})

test('English sentences keep English words, or the test above finds none', () => {
  expect(policies.flatMap(policy => sentences(policy, en)).filter(line => ENGLISH.test(line)).length).toBeGreaterThan(
    50,
  )
})
