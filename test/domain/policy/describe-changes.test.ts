import path from 'node:path'
import { changesBetween } from '../../../domain/policy/describe-changes.ts'
import { type Policy, policySchema } from '../../../domain/policy/policy.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { root } from '../../support/root.ts'

/** Values of every kind of setting. The first that is valid and different replaces a setting. */
const otherValues = [
  ...['P40D', 'all', 'now', 'same_anchor', 'P1Y', 'none', 'free', 'never', 'expiry', 'source', 'unused_only'],
  ...['never_expires', 'of_source', 'code', 'required', 'monthly', 'purchased', 'USD', '2031-01-01T00:00:00Z'],
  ...['membership', 'keep', 'another name', 'https://seller.example/l/other'],
]

test.each([...readPolicies(path.join(root, 'policies')).values()].map(policy => [policy.product, policy] as const))(
  '%s: changesBetween describes a change of every setting',
  (_, policy) => {
    const undescribed = settingsOf(policy, [])
      .filter(setting => !['version', 'published_at', 'product'].includes(setting.join('.')))
      .flatMap(setting => {
        const changed = changeSetting(policy, setting)
        return changed && changesBetween(policy, changed).length === 0 ? [setting.join('.')] : []
      })
    expect(undescribed).toEqual([])
  },
)

test('a setting without a sentence of its own is described by its path', () => {
  const policy = [...readPolicies(path.join(root, 'policies')).values()].find(({ plans }) => 'basic' in plans) as Policy
  const changed = structuredClone(policy)
  changed.codes.hide_state = !policy.codes.hide_state
  expect(changesBetween(policy, changed)).toEqual([
    {
      who: 'Other settings, from the publication on',
      lines: [`codes.hide_state: ${policy.codes.hide_state} becomes ${changed.codes.hide_state}`],
      keeps: null,
    },
  ])
})

function settingsOf(value: unknown, at: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([key, child]) => settingsOf(child, [...at, key]))
}

/** Values of one shape are tried first, as each try parses the whole policy. */
const shape = (value: unknown) =>
  String(value)
    .replaceAll(/[a-z]+/g, 'a')
    .replaceAll(/[A-Z]+/g, 'A')
    .replaceAll(/\d+/g, '0')

/** Changes one setting to another valid value, if the list has one. */
function changeSetting(policy: Policy, setting: string[]): Policy | undefined {
  const changed = structuredClone(policy)
  const parent = setting.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as never, changed as never)
  const key = setting.at(-1) as string
  const before = parent[key]
  const values =
    typeof before === 'number'
      ? [before + 1, before - 1]
      : typeof before === 'boolean'
        ? [!before]
        : [...otherValues, 5].sort((a, b) => Number(shape(b) === shape(before)) - Number(shape(a) === shape(before)))
  for (const value of values) {
    parent[key] = value
    const parsed = value === before ? undefined : policySchema.safeParse(changed)
    if (parsed?.success) return parsed.data
  }
  return undefined
}
