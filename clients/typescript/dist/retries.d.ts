export type RetryOptions = {
    fetch: typeof fetch;
    /** how often a call is sent at most */
    attempts: number;
    /** how long one attempt may take */
    timeout_ms: number;
};
/** A fetch that repeats a request while no answer comes, or an error that passes by itself. */
export declare function retryingFetch({ fetch, attempts, timeout_ms }: RetryOptions): (request: Request) => Promise<Response>;
