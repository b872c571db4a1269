import { type Client, type ClientPathsWithMethod, type MaybeOptionalInit, type MethodResponse } from 'openapi-fetch';
import type { paths } from './api.ts';
type Method = 'get' | 'put' | 'post' | 'delete';
type HttpClient = Client<paths, 'application/json'>;
type Path<M extends Method> = ClientPathsWithMethod<HttpClient, M>;
/** What a call answers. */
export type Answer<M extends Method, P extends Path<M>> = MethodResponse<HttpClient, M, P>;
type CallOptions = {
    /** your business key, such as an order's id, if another process may repeat the call; random by default */
    idempotencyKey?: string;
};
type Init<M extends Method, P extends Path<M>> = MaybeOptionalInit<paths[P], M>;
type InitArgument<M extends Method, P extends Path<M>> = undefined extends Init<M, P> ? [(NonNullable<Init<M, P>> & CallOptions)?] : [Init<M, P> & CallOptions];
type Call<M extends Method> = <P extends Path<M>>(path: P, ...init: InitArgument<M, P>) => Promise<Answer<M, P>>;
type Page = {
    data: unknown[];
    next_cursor: string | null;
};
/** The paths that answer a list. */
export type ListPath = {
    [P in Path<'get'>]: Extract<Answer<'get', P>, Page> extends never ? never : P;
}[Path<'get'>];
/** One object of a list. */
export type Item<P extends ListPath> = Extract<Answer<'get', P>, Page>['data'][number];
export type Lotkeeper = {
    get: Call<'get'>;
    put: Call<'put'>;
    /** Every attempt of one call carries the same Idempotency-Key, so it takes effect once. */
    post: Call<'post'>;
    delete: Call<'delete'>;
    /** Every object of a list; further pages are read as they are needed. */
    list<P extends ListPath>(path: P, ...init: InitArgument<'get', P>): AsyncGenerator<Item<P>, void>;
    /** The client of openapi-fetch behind these calls, for answers with their headers. It throws LotkeeperError too. */
    http: HttpClient;
};
export type ClientOptions = {
    /** where Lotkeeper runs, such as https://credits.example.com */
    url: string;
    /** an API key */
    key: string;
    /** how often a call is sent at most; 5 by default */
    attempts?: number;
    /** how long one attempt may take; 10 seconds by default */
    timeout_ms?: number;
    fetch?: typeof fetch;
};
/**
 * Creates a client for one product. Calls return the answer's body and throw LotkeeperError.
 * @example await lotkeeper.get('/v1/accounts/{account}/balance', { params: { path: { account: 'ada' } } })
 */
export declare function connect({ url, key, attempts, timeout_ms, fetch: send, }: ClientOptions): Lotkeeper;
export {};
