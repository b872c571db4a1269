import type { Happening } from './happening.ts'

/** What is read of a list so far; `next` is null if it is read to its end. */
export type Read = { happenings: Happening[]; next: string | null }

/**
 * Merges lists that are read page by page, newest first. What is older than the oldest item of a list that goes on is left out,
 * because items of that list may belong before it.
 */
export function merge(lists: Read[]): Happening[] {
  const horizon = lists
    .filter(({ next }) => next !== null)
    .map(({ happenings }) => happenings.map(({ at }) => at).sort()[0] ?? '')
    .reduce((latest, at) => (at > latest ? at : latest), '')
  return lists
    .flatMap(({ happenings }) => happenings)
    .filter(({ at }) => at >= horizon)
    .sort((a, b) => (a.at === b.at ? b.key.localeCompare(a.key) : a.at < b.at ? 1 : -1))
}
