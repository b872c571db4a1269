import createFetchClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type MethodResponse,
} from 'openapi-fetch'
import type { paths } from './api.ts'
import { errorOf } from './errors.ts'
import { retryingFetch } from './retries.ts'

type Method = 'get' | 'put' | 'post' | 'delete'
type HttpClient = Client<paths, 'application/json'>
type Path<M extends Method> = ClientPathsWithMethod<HttpClient, M>

/** What a call answers. */
export type Answer<M extends Method, P extends Path<M>> = MethodResponse<HttpClient, M, P>

type CallOptions = {
  /** your business key, such as an order's id, if another process may repeat the call; random by default */
  idempotencyKey?: string
}

type Init<M extends Method, P extends Path<M>> = MaybeOptionalInit<paths[P], M>
type InitArgument<M extends Method, P extends Path<M>> =
  undefined extends Init<M, P> ? [(NonNullable<Init<M, P>> & CallOptions)?] : [Init<M, P> & CallOptions]

type Call<M extends Method> = <P extends Path<M>>(path: P, ...init: InitArgument<M, P>) => Promise<Answer<M, P>>

type Page = { data: unknown[]; next_cursor: string | null }
/** The paths that answer a list. */
export type ListPath = {
  [P in Path<'get'>]: Extract<Answer<'get', P>, Page> extends never ? never : P
}[Path<'get'>]
/** One object of a list. */
export type Item<P extends ListPath> = Extract<Answer<'get', P>, Page>['data'][number]

export type Lotkeeper = {
  get: Call<'get'>
  put: Call<'put'>
  /** Every attempt of one call carries the same Idempotency-Key, so it takes effect once. */
  post: Call<'post'>
  delete: Call<'delete'>
  /** Every object of a list; further pages are read as they are needed. */
  list<P extends ListPath>(path: P, ...init: InitArgument<'get', P>): AsyncGenerator<Item<P>, void>
  /** The client of openapi-fetch behind these calls, for answers with their headers. It throws LotkeeperError too. */
  http: HttpClient
}

export type ClientOptions = {
  /** where Lotkeeper runs, such as https://credits.example.com */
  url: string
  /** an API key */
  key: string
  /** how often a call is sent at most; 5 by default */
  attempts?: number
  /** how long one attempt may take; 10 seconds by default */
  timeout_ms?: number
  fetch?: typeof fetch
}

/**
 * Creates a client for one product. Calls return the answer's body and throw LotkeeperError.
 * @example await lotkeeper.get('/v1/accounts/{account}/balance', { params: { path: { account: 'ada' } } })
 */
export function connect({
  url,
  key,
  attempts = 5,
  timeout_ms = 10_000,
  fetch: send = fetch,
}: ClientOptions): Lotkeeper {
  const http = createFetchClient<paths, 'application/json'>({
    baseUrl: url,
    headers: { Authorization: `Bearer ${key}` },
    fetch: retryingFetch({ fetch: send, attempts, timeout_ms }),
  })
  http.use({
    onRequest({ request }) {
      if (request.method === 'POST' && !request.headers.has('idempotency-key'))
        request.headers.set('Idempotency-Key', crypto.randomUUID())
    },
    async onResponse({ response }) {
      if (!response.ok) throw await errorOf(response)
    },
  })
  const call =
    (method: Method) =>
    async (path: string, { idempotencyKey, headers, ...init }: UntypedInit = {}): Promise<unknown> => {
      const sent = { ...headers, ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) }
      const { data } = await (http.request as UntypedRequest)(method, path, { ...init, headers: sent })
      return data
    }
  const get = call('get')
  const list = (path: string, init?: UntypedInit) =>
    eachItem(query => get(path, withQuery(init, query)) as Promise<Page>)
  return { get, put: call('put'), post: call('post'), delete: call('delete'), list, http } as unknown as Lotkeeper
}

type UntypedInit = CallOptions & { headers?: Record<string, string>; params?: { query?: object } }
type UntypedRequest = (method: Method, path: string, init: object) => Promise<{ data?: unknown }>

function withQuery(init: UntypedInit = {}, query: object): UntypedInit {
  return { ...init, params: { ...init.params, query: { ...init.params?.query, ...query } } }
}

async function* eachItem(read: (query: { cursor?: string }) => Promise<Page>) {
  let cursor: string | null = null
  do {
    const page: Page = await read(cursor === null ? {} : { cursor })
    yield* page.data
    cursor = page.next_cursor
  } while (cursor !== null)
}
