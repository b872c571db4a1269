import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { policyOf, readPolicies } from '../../platform/policy-store.ts'
import { policyFile } from '../domain/policy/example-policy.ts'

const JAN = '2027-01-01T00:00:00Z'
const FEB = '2027-02-01T00:00:00Z'
const MAR = '2027-03-01T00:00:00Z'

test('a version applies from its publication on, without a restart; until then it is announced', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'versions-'))
  try {
    for (const [file, version, published_at] of [
      ['a', 2, FEB],
      ['b', 1, JAN],
      ['c', 3, MAR],
    ] as const)
      writeFileSync(path.join(folder, `${file}.yaml`), JSON.stringify({ ...policyFile(), version, published_at }))
    let now = new Date('2026-12-01T00:00:00Z')
    const policies = readPolicies(folder, () => now)
    const versions = (at: string) => {
      now = new Date(at)
      return [policyOf(policies, 'example').version, policies.next('example')?.version ?? null]
    }
    // Before its first publication a product has its first version.
    expect(versions('2026-12-01T00:00:00Z')).toEqual([1, 2])
    expect(versions(JAN)).toEqual([1, 2])
    expect(versions('2027-01-31T23:59:59.999Z')).toEqual([1, 2])
    expect(versions(FEB)).toEqual([2, 3])
    expect([...policies].map(([product, { version }]) => [product, version])).toEqual([['example', 2]])
    expect(versions(MAR)).toEqual([3, null])
    expect(policies.next('another')).toBeNull()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
