import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { type Policy, PolicyError, parsePolicy } from '../domain/policy/policy.ts'
import { Refused } from '../domain/shared/refusals.ts'

/** The policies in force, by product. */
export type Policies = ReadonlyMap<string, Policy>

/**
 * Reads every policy file of a folder (*.yaml).
 * @throws PolicyError naming the file, the path in it and the reason
 */
export function readPolicies(directory: string): Policies {
  const files = readdirSync(directory)
    .filter(file => file.endsWith('.yaml'))
    .sort()
  if (files.length === 0) throw new PolicyError(directory, ['(folder): holds no policy file (*.yaml)'])
  const policies = new Map<string, Policy>()
  for (const file of files) {
    const policy = readPolicy(join(directory, file))
    if (policies.has(policy.product))
      throw new PolicyError(file, [`product: ${policy.product} has a policy in another file already`])
    policies.set(policy.product, policy)
  }
  return policies
}

/** Reads one policy file. @throws PolicyError as readPolicies does; Error where there is no such file */
export function readPolicy(path: string): Policy {
  const file = basename(path)
  return parsePolicy(file, readYaml(path, file))
}

/** The policy of a product. @throws Refused not_found where the product has none */
export function policyOf(policies: Policies, product: string): Policy {
  const policy = policies.get(product)
  if (policy) return policy
  throw new Refused({ code: 'not_found', detail: `There is no policy of a product "${product}".` })
}

function readYaml(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof YAMLParseError) throw new PolicyError(file, [`(yaml): ${error.message}`])
    throw error
  }
}
