import {
  type ActivityInterfaceFor,
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow'

/** Activities with their summaries in the Temporal UI. */
type Steps<Activities, Name extends keyof Activities> = Pick<ActivityInterfaceFor<Activities>, Name>

/** Activities that call other services. */
export function steps<Activities, Name extends keyof Activities>(
  options: ActivityOptions,
  summaries: Record<Name, string>,
): Steps<Activities, Name> {
  return each(summaries, (name, summary) => proxyActivities<Activities>({ ...options, summary })[name])
}

/** Activities that only touch our database. */
export function localSteps<Activities, Name extends keyof Activities>(
  options: LocalActivityOptions,
  summaries: Record<Name, string>,
): Steps<Activities, Name> {
  return each(summaries, (name, summary) => proxyLocalActivities<Activities>({ ...options, summary })[name])
}

function each<Activities, Name extends keyof Activities>(
  summaries: Record<Name, string>,
  proxy: (name: Name, summary: string) => ActivityInterfaceFor<Activities>[Name],
): Steps<Activities, Name> {
  const entries = Object.entries(summaries) as [Name, string][]
  return Object.fromEntries(entries.map(([name, summary]) => [name, proxy(name, summary)])) as Steps<Activities, Name>
}
