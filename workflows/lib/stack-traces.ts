// The SDK takes a stack trace for each promise of a workflow and searches the source map for every line. Four lines are
// enough to find the place; the SDK's ten cost a third of the time that workflows run.
Error.stackTraceLimit = 4
