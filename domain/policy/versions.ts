import type { Policy } from './policy.ts'

/** Versions of one product's policy, in the order in which they apply. */
export type Versions = readonly [Policy, ...Policy[]]

/** The version that applies at a time: the last one published by then, or else the first. */
export function versionAt(versions: Versions, at: Date): Policy {
  return versions.findLast(({ published_at }) => new Date(published_at) <= at) ?? versions[0]
}

/** The next version, which is announced until it applies; null if there is none. */
export function versionAfter(versions: Versions, at: Date): Policy | null {
  const current = versionAt(versions, at)
  return versions.find(({ published_at, version }) => version > current.version && new Date(published_at) > at) ?? null
}

/** The mistake of versions that are not published in their order; null if there is none. */
export function versionMistake(versions: Versions): string | null {
  for (const [n, after] of versions.entries()) {
    const before = versions[n - 1]
    if (!before) continue
    if (after.version === before.version)
      return `version: ${after.version} of ${after.product} is in another file already`
    if (new Date(after.published_at) <= new Date(before.published_at))
      return `published_at: version ${after.version} must be published after version ${before.version}`
  }
  return null
}
