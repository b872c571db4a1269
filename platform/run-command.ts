/**
 * Runs a command-line program. Errors are printed as one sentence, with exit code 1.
 * @param program resolves with the exit code; 0 if undefined
 */
export async function runCommand(program: () => Promise<number | undefined> | number): Promise<void> {
  try {
    process.exitCode = (await program()) ?? 0
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    process.exitCode = 1
  }
}

/** The message of any thrown value, including the AggregateError of a failed connection. */
export function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentence(error.errors[0])
  if (error instanceof Error) return error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
  return String(error)
}
