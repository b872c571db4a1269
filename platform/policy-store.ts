import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { type Policy, PolicyError, parsePolicy } from '../domain/policy/policy.ts'
import { type Versions, versionAfter, versionAt, versionMistake } from '../domain/policy/versions.ts'
import { notFound } from '../domain/shared/refusals.ts'

/** The policies by product, each in the version that applies now: a later one applies from its publication on. */
export type Policies = Pick<PolicyVersions, keyof PolicyVersions>

class PolicyVersions {
  private readonly versions: ReadonlyMap<string, Versions>
  private readonly now: () => Date

  constructor(versions: ReadonlyMap<string, Versions>, now: () => Date) {
    this.versions = versions
    this.now = now
  }

  get(product: string): Policy | undefined {
    const versions = this.versions.get(product)
    return versions && versionAt(versions, this.now())
  }

  /** The version that is announced, or null. */
  next(product: string): Policy | null {
    const versions = this.versions.get(product)
    return versions ? versionAfter(versions, this.now()) : null
  }

  keys(): Iterable<string> {
    return this.versions.keys()
  }

  values(): Iterable<Policy> {
    return this.current()
  }

  [Symbol.iterator](): Iterator<[product: string, policy: Policy]> {
    return this.current()
      .map((policy): [string, Policy] => [policy.product, policy])
      [Symbol.iterator]()
  }

  private current(): Policy[] {
    const now = this.now()
    return [...this.versions.values()].map(versions => versionAt(versions, now))
  }
}

/**
 * Reads all policy files of a folder (*.yaml); a product has a file for each version.
 * @param now real time, which decides on the version that applies
 * @throws PolicyError naming the file, the path within it and the error
 */
export function readPolicies(directory: string, now: () => Date = () => new Date()): Policies {
  const files = filesOf(directory).filter(file => file.endsWith('.yaml'))
  if (files.length === 0)
    throw new PolicyError(directory, [`(folder): contains no policy file (*.yaml); ${SET_FOLDER}`])
  const policies = new Map<string, Versions>()
  for (const file of files) {
    const policy = readPolicy(join(directory, file))
    const known = policies.get(policy.product) ?? []
    const versions = [...known, policy].sort((a, b) => a.version - b.version) as [Policy, ...Policy[]]
    const mistake = versionMistake(versions)
    if (mistake) throw new PolicyError(file, [mistake])
    policies.set(policy.product, versions)
  }
  return new PolicyVersions(policies, now)
}

const SET_FOLDER = 'set POLICIES_DIR to the folder with one file a product'

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    throw new PolicyError(directory, [
      `(folder): cannot be read (${(error as NodeJS.ErrnoException).code}); ${SET_FOLDER}`,
    ])
  }
}

/** Reads one policy file. @throws PolicyError as parsePolicyText does; Error if the file does not exist */
export function readPolicy(path: string): Policy {
  return parsePolicyText(basename(path), readFileSync(path, 'utf8'))
}

/** @param name of the text, for errors. @throws PolicyError naming the text, the path within it and the error */
export function parsePolicyText(name: string, text: string): Policy {
  return parsePolicy(name, parseYaml(name, text))
}

/** The policy of a product. @throws Refused not_found */
export function policyOf(policies: Policies, product: string): Policy {
  const policy = policies.get(product)
  if (policy) return policy
  throw notFound(`product: ${product}`)
}

function parseYaml(name: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof YAMLParseError) throw new PolicyError(name, [`(yaml): ${error.message}`])
    throw error
  }
}

/** When each product promises to act on what needs a person. */
export function promisesOf(policies: Policies): Record<string, Policy['attention']> {
  return Object.fromEntries([...policies].map(([product, { attention }]) => [product, attention]))
}
