/**
 * Runs a command-line program. Errors are printed as one sentence, with exit code 1.
 * @param program resolves with the exit code; 0 if undefined
 */
export async function runCommand(program: () => Promise<number | undefined> | number): Promise<void> {
  endWithReader()
  try {
    process.exitCode = (await program()) ?? 0
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    process.exitCode = 1
  }
}

/** Ends quietly when the program that reads the output has ended, such as `head`. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

/** The message of any thrown value, including the AggregateError of a failed connection. */
export function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentence(error.errors[0])
  if (error instanceof Error) return error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
  return String(error)
}
