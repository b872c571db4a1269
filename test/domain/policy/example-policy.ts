import { type Policy, parsePolicy } from '../../../domain/policy/policy.ts'

/** A small valid policy file, with these parts replaced. */
export function policyFile(parts: object = {}): object {
  return {
    product: 'example',
    name: 'Example',
    version: 1,
    published_at: '2026-11-01T00:00:00Z',
    sources: { bought: { validity: 'P2Y' } },
    spending: { order: ['expiry'] },
    operations: { draw: { cost: 1 } },
    ...parts,
  }
}

export function policyWith(parts: object): Policy {
  return parsePolicy('example.yaml', policyFile(parts))
}

/** The refusal that a rule throws, as data. Fails when it throws none. */
export function refusalOf(rule: () => unknown): object {
  try {
    rule()
  } catch (error) {
    return (error as { refusal: object }).refusal ?? { threw: error }
  }
  throw new Error('It was not refused.')
}
