// The SDK takes a stack trace for each promise of a workflow and looks every line up in the source map. Four lines are
// enough to find the place; the SDK's ten cost a third of the time that workflows run.
Error.stackTraceLimit = 4
