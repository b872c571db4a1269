import type { components } from './api.ts';
/** The body of an error: code, detail and what else the code promises. */
export type Problem = components['schemas']['Problem'];
export type ProblemCode = Problem['code'];
type Limit = {
    limit: number;
    used: number;
    resets_at: string;
};
/** The fields that a code adds to the problem. */
export type ProblemFields = {
    insufficient_credits: {
        required: number;
        available: number;
        frozen: number;
    };
    invalid_request: {
        errors: {
            path: string;
            message: string;
        }[];
    };
    price_out_of_range: {
        minimum: number;
        maximum: number | null;
    };
    scope_required: {
        required: string;
    };
    daily_limit_reached: Limit;
    fair_use_reached: Limit;
    concurrency_limit_reached: {
        limit: number;
        used: number;
    };
};
type FieldsOf<C extends ProblemCode> = C extends keyof ProblemFields ? ProblemFields[C] : unknown;
/** An error that Lotkeeper answered. Nothing was changed if its status is a 4xx. */
export declare class LotkeeperError extends Error {
    /** stable; what to branch on */
    readonly code: ProblemCode;
    /** HTTP status */
    readonly status: number;
    readonly problem: Problem;
    /** seconds after which a repetition may succeed, if known */
    readonly retry_after: number | null;
    constructor(problem: Problem, status: number, retry_after?: number | null);
}
/**
 * Whether an error is a Lotkeeper error with this code; its `problem` then has the fields of the code.
 * @example if (isProblem(error, 'insufficient_credits')) offerCredits(error.problem.required - error.problem.available)
 */
export declare function isProblem<C extends ProblemCode>(error: unknown, code: C): error is LotkeeperError & {
    code: C;
    problem: FieldsOf<C>;
};
/** The error of an answer, which may come from a proxy and then has no code of its own. */
export declare function errorOf(response: Response): Promise<LotkeeperError>;
export declare function retryAfterOf({ headers }: Response): number | null;
export {};
