/** An error that Lotkeeper answered. Nothing was changed if its status is a 4xx. */
export class LotkeeperError extends Error {
    /** stable; what to branch on */
    code;
    /** HTTP status */
    status;
    problem;
    /** seconds after which a repetition may succeed, if known */
    retry_after;
    constructor(problem, status, retry_after = null) {
        super(problem.detail ?? problem.title);
        this.name = 'LotkeeperError';
        this.code = problem.code;
        this.status = status;
        this.problem = problem;
        this.retry_after = retry_after;
    }
}
/**
 * Whether an error is a Lotkeeper error with this code; its `problem` then has the fields of the code.
 * @example if (isProblem(error, 'insufficient_credits')) offerCredits(error.problem.required - error.problem.available)
 */
export function isProblem(error, code) {
    return error instanceof LotkeeperError && error.code === code;
}
/** The error of an answer, which may come from a proxy and then has no code of its own. */
export async function errorOf(response) {
    const text = await response.text();
    return new LotkeeperError(problemIn(text) ?? foreignProblem(response, text), response.status, retryAfterOf(response));
}
export function retryAfterOf({ headers }) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return Number.isFinite(seconds) ? seconds : null;
}
function problemIn(text) {
    try {
        const body = JSON.parse(text);
        return typeof body?.code === 'string' ? body : null;
    }
    catch {
        return null;
    }
}
function foreignProblem({ status, headers }, text) {
    return {
        type: 'about:blank',
        title: `status ${status}`,
        status,
        detail: text.slice(0, 200) || `status ${status}`,
        code: status >= 500 ? 'temporarily_unavailable' : 'internal_error',
        request_id: headers.get('x-request-id') ?? '',
    };
}
