import type { components, paths } from './api.ts';
import type { Lotkeeper } from './client.ts';
declare const RESERVE = "/v1/accounts/{account}/generations";
type Generation = components['schemas']['Generation'];
type Request = NonNullable<paths[typeof RESERVE]['post']['requestBody']>['content']['application/json'];
export type Work = Request & {
    account: string;
    /** your business key, such as a job's id, so that repeating the job reserves once */
    idempotencyKey?: string;
};
export type Reserved = {
    generation: Generation;
    /** Sets how many outputs were delivered, if not all; the credits of the others are released. */
    delivered(count: number): void;
};
/**
 * Reserves credits, does the work, and settles: delivered outputs are spent, and everything is released if the work throws.
 * If this process crashes, the hold is released at its deadline.
 * @throws LotkeeperError if the reservation is refused; the work does not start then. Errors of the work are rethrown
 */
export declare function withCredits<T>(lotkeeper: Lotkeeper, { account, idempotencyKey, ...body }: Work, work: (reserved: Reserved) => Promise<T>): Promise<T>;
export {};
