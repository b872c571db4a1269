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

/**
 * Prints the views, with links to Temporal's UI if its address is known. The UI keeps saved views in the browser, so no
 * command can create them.
 */
export function showViews(ui: string | null, namespace: string, print: (line: string) => void): void {
  print('Open a view in the Temporal UI, or paste its query there; "Save as new view" keeps it in your browser.')
  for (const [name, query] of views) {
    const link = ui && `${ui}/namespaces/${namespace}/workflows?query=${encodeURIComponent(query)}`
    print(`\n${name}\n  ${query}${link ? `\n  ${link}` : ''}`)
  }
}
