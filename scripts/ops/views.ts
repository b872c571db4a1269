import { type Print, styled } from '../terminal.ts'

/** Useful queries for workflows, by name. Names of accounts and times are examples. */
export const views: [name: string, query: string][] = [
  ['needs attention', 'NeedsAttention = true AND ExecutionStatus = "Running"'],
  ['all workflows of an account', 'Account = "ada" AND Product = "kvidai"'],
  ['late credits', 'WorkflowType = "purchase" AND CreditsState = "delayed"'],
  ['open disputes', 'WorkflowType = "purchase" AND CreditsState = "disputed" AND ExecutionStatus = "Running"'],
  ['open generations', 'WorkflowType = "generation" AND CreditsState = "reserved" AND ExecutionStatus = "Running"'],
  [
    'generations timed out since a time',
    'WorkflowType = "generation" AND CreditsState = "timed_out" AND CloseTime > "2026-11-21T00:00:00Z"',
  ],
  ['memberships past due', 'WorkflowType = "membership" AND CreditsState = "past_due"'],
  ['lapsed memberships of a plan', 'WorkflowType = "membership" AND CreditsState = "lapsed" AND Plan = "agency"'],
  [
    'grants of a day',
    'WorkflowType = "membership" AND NextGrantAt BETWEEN "2026-11-21T00:00:00Z" AND "2026-11-22T00:00:00Z"',
  ],
  [
    'overdue grants',
    'WorkflowType = "membership" AND NextGrantAt < "2026-11-21T00:00:00Z" AND ExecutionStatus = "Running"',
  ],
  ['paused campaigns', 'WorkflowType = "campaign" AND CreditsState = "paused" AND ExecutionStatus = "Running"'],
  ['accounts being closed', 'WorkflowType = "closure" AND ExecutionStatus = "Running"'],
  ['failed workflows', 'ExecutionStatus IN ("Failed", "Canceled", "Terminated", "TimedOut")'],
]

type View = { name: string; query: string; link: string | null }

/** The views, with links to Temporal's UI if its address is known. */
export function viewsOf(ui: string | null, namespace: string): View[] {
  return views.map(([name, query]) => ({
    name,
    query,
    link: ui && `${ui}/namespaces/${namespace}/workflows?query=${encodeURIComponent(query)}`,
  }))
}

/** Prints the views to open or paste: the UI keeps saved views in the browser, so no command can create them. */
export function printViews(all: View[], print: Print): void {
  print('Open a view in the Temporal UI, or paste its query there; "Save as new view" keeps it in your browser.')
  for (const { name, query, link } of all) {
    print(`\n${styled('bold', name)}\n  ${query}`)
    if (link) print(`  ${styled('cyan', link)}`)
  }
}
