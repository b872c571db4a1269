// The SDK takes a stack trace for each promise of a workflow, and looks every line of it up in the source map. Four lines
// are enough to find the place; the SDK's ten cost a third of what workflows take to run.
Error.stackTraceLimit = 4
