/** Runs an SQL command as part of a trace. */
type Wrapper = <T>(name: string, run: () => Promise<T>) => Promise<T>

let wrapper: Wrapper = (_name, run) => run()

/** Sets what runs around each SQL command of this process: tracing, where it is on. */
export function wrapCommands(next: Wrapper): void {
  wrapper = next
}

/** Runs an SQL command. @param name the name of its function or statement */
export function asSpan<T>(name: string, run: () => Promise<T>): Promise<T> {
  return wrapper(name, run)
}
