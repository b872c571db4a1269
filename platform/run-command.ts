/**
 * Runs a program of the command line to its end. What goes wrong is told in a sentence, with exit code 1.
 * @param program resolves with the exit code, where it is another than 0
 */
export async function runProgram(program: () => Promise<number | undefined> | number): Promise<void> {
  try {
    process.exitCode = (await program()) ?? 0
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    process.exitCode = 1
  }
}

/** The message of anything that was thrown; also of the kind that Node throws when no address of a host answers. */
export function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentence(error.errors[0])
  if (error instanceof Error)
    return error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
  return String(error)
}
