const RESERVE = '/v1/accounts/{account}/generations';
const MAX_REASON = 500;
/**
 * Reserves credits, does the work, and settles: delivered outputs are spent, and everything is released if the work throws.
 * If this process crashes, the hold is released at its deadline.
 * @throws LotkeeperError if the reservation is refused; the work does not start then. Errors of the work are rethrown
 */
export async function withCredits(lotkeeper, { account, idempotencyKey, ...body }, work) {
    const generation = await lotkeeper.post(RESERVE, {
        params: { path: { account } },
        body,
        ...(idempotencyKey && { idempotencyKey }),
    });
    const params = { path: { id: generation.id } };
    let delivered = generation.outputs;
    let result;
    try {
        result = await work({ generation, delivered: count => (delivered = count) });
    }
    catch (error) {
        const reason = error instanceof Error ? error.message.slice(0, MAX_REASON) : 'failed';
        // The work's error matters more than a failed release: the hold ends at its deadline.
        await lotkeeper.post('/v1/generations/{id}/fail', { params, body: { reason } }).catch(() => undefined);
        throw error;
    }
    await lotkeeper.post('/v1/generations/{id}/complete', { params, body: { delivered } });
    return result;
}
