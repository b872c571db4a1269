import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../shared/call-api.ts'

/** Data of the API with its states: nothing yet, there, or failed. While it loads again, the former data stay. */
export type Loaded<T> = { value: T | null; error: ApiError | null; reload: () => Promise<void> }

/** Loads again when `load` changes: wrap it in useCallback. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: ApiError | null }>({ value: null, error: null })
  const latest = useRef(0)
  const reload = useCallback(async () => {
    const turn = ++latest.current
    try {
      const value = await load()
      if (turn === latest.current) setState({ value, error: null })
    } catch (error) {
      if (turn === latest.current) setState({ value: null, error: errorOf(error) })
    }
  }, [load])
  useEffect(() => {
    void reload()
    return () => {
      latest.current++
    }
  }, [reload])
  return { ...state, reload }
}

type Page<T> = { data: T[]; next_cursor: string | null }

/** A list that grows page by page. */
export type Pages<T> = Loaded<T[]> & { more: (() => Promise<void>) | null }

/** Loads again from the start when `load` changes: wrap it in useCallback. */
export function usePages<T>(load: (cursor?: string) => Promise<Page<T>>): Pages<T> {
  const first = useLoaded(useCallback(() => load(), [load]))
  const [added, setAdded] = useState<{ first: Page<T> | null; pages: Page<T>[] }>({ first: null, pages: [] })
  const [error, setError] = useState<ApiError | null>(null)
  const busy = useRef(false)
  const pages = first.value && added.first === first.value ? added.pages : []
  const cursor = (pages.at(-1) ?? first.value)?.next_cursor ?? null
  const more = async () => {
    if (busy.current || !first.value || cursor === null) return
    busy.current = true
    try {
      setAdded({ first: first.value, pages: [...pages, await load(cursor)] })
      setError(null)
    } catch (error) {
      setError(errorOf(error))
    } finally {
      busy.current = false
    }
  }
  const value = first.value && [...first.value.data, ...pages.flatMap(({ data }) => data)]
  return { value, error: first.error ?? error, reload: first.reload, more: cursor === null ? null : more }
}

function errorOf(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'internal_error', String(error))
}
