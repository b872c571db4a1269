/** However often Prometheus scrapes, PostgreSQL and Temporal are read at most this often. */
const CACHE_MS = 2_000
export const READ_TIMEOUT_MS = 2_000

export type ReadLogger = { warn(fields: object, message: string): void }

/** Reads at most every two seconds and waits at most two seconds; null where the read failed. */
export function cachedRead<T>(logger: ReadLogger, part: string, read: () => Promise<T>): () => Promise<T | null> {
  let result: Promise<T | null> = Promise.resolve(null)
  let readAt = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - readAt < CACHE_MS) return result
    readAt = performance.now()
    result = withTimeout(read()).catch(error => {
      logger.warn({ part, err: error }, 'metrics: read failed')
      return null
    })
    return result
  }
}

function withTimeout<T>(result: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), READ_TIMEOUT_MS)
    result.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
