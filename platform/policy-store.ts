import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { type Policy, PolicyError, parsePolicy } from '../domain/policy/policy.ts'
import { notFound } from '../domain/shared/refusals.ts'

/** The policies by product. */
export type Policies = ReadonlyMap<string, Policy>

/**
 * Reads all policy files of a folder (*.yaml).
 * @throws PolicyError naming the file, the path within it and the error
 */
export function readPolicies(directory: string): Policies {
  const files = readdirSync(directory)
    .filter(file => file.endsWith('.yaml'))
    .sort()
  if (files.length === 0) throw new PolicyError(directory, ['(folder): contains no policy file (*.yaml)'])
  const policies = new Map<string, Policy>()
  for (const file of files) {
    const policy = readPolicy(join(directory, file))
    if (policies.has(policy.product))
      throw new PolicyError(file, [`product: ${policy.product} already has a policy in another file`])
    policies.set(policy.product, policy)
  }
  return policies
}

/** Reads one policy file. @throws PolicyError as readPolicies does; Error if the file does not exist */
export function readPolicy(path: string): Policy {
  const file = basename(path)
  return parsePolicy(file, readYaml(path, file))
}

/** The policy of a product. @throws Refused not_found */
export function policyOf(policies: Policies, product: string): Policy {
  const policy = policies.get(product)
  if (policy) return policy
  throw notFound(`product: ${product}`)
}

function readYaml(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof YAMLParseError) throw new PolicyError(file, [`(yaml): ${error.message}`])
    throw error
  }
}
