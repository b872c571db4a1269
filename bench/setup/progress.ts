/** Progress goes to standard error; only results go to standard output. */
export function logProgress(line: string): void {
  process.stderr.write(`${line}\n`)
}
