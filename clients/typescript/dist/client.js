import createFetchClient, {} from 'openapi-fetch';
import { errorOf } from "./errors.js";
import { retryingFetch } from "./retries.js";
/**
 * Creates a client for one product. Calls return the answer's body and throw LotkeeperError.
 * @example await lotkeeper.get('/v1/accounts/{account}/balance', { params: { path: { account: 'ada' } } })
 */
export function connect({ url, key, attempts = 5, timeout_ms = 10_000, fetch: send = fetch, }) {
    const http = createFetchClient({
        baseUrl: url,
        headers: { Authorization: `Bearer ${key}` },
        fetch: retryingFetch({ fetch: send, attempts, timeout_ms }),
    });
    http.use({
        onRequest({ request }) {
            if (request.method === 'POST' && !request.headers.has('idempotency-key'))
                request.headers.set('Idempotency-Key', crypto.randomUUID());
        },
        async onResponse({ response }) {
            if (!response.ok)
                throw await errorOf(response);
        },
    });
    const call = (method) => async (path, { idempotencyKey, headers, ...init } = {}) => {
        const sent = { ...headers, ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) };
        const { data } = await http.request(method, path, { ...init, headers: sent });
        return data;
    };
    const get = call('get');
    const list = (path, init) => eachItem(query => get(path, withQuery(init, query)));
    return { get, put: call('put'), post: call('post'), delete: call('delete'), list, http };
}
function withQuery(init = {}, query) {
    return { ...init, params: { ...init.params, query: { ...init.params?.query, ...query } } };
}
async function* eachItem(read) {
    let cursor = null;
    do {
        const page = await read(cursor === null ? {} : { cursor });
        yield* page.data;
        cursor = page.next_cursor;
    } while (cursor !== null);
}
