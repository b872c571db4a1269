import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Totals } from '../../db/core/command.ts'
import { rolledBack } from '../../db/core/trial.ts'
import { readTotals } from '../../db/ledger/balance.ts'
import type { App } from './app.ts'
import type { Route, RouteResponse } from './route.ts'
import { credits } from './shapes.ts'

const totals = z.object({ available: credits, held: credits, frozen: credits })

/**
 * The route …/preview of an act that only writes to our database: what the act would do to the account, by the code of the act
 * itself, which runs and is rolled back.
 * @param result the answer of the act
 */
export function previewRoute(act: Route, operationId: string, result: z.ZodType): Route {
  return {
    ...act,
    path: `${act.path}/preview`,
    operationId,
    summary: `Preview: ${act.summary.charAt(0).toLowerCase()}${act.summary.slice(1)}`,
    idempotency: 'handler',
    requiresKey: false,
    responses: { 200: z.object({ before: totals, after: totals, result }) },
    handler: ({ idempotencyKey = randomUUID(), ...call }) =>
      previewOf(call.app, app => act.handler({ ...call, app, idempotencyKey })),
  }
}

function previewOf(app: App, act: (app: App) => Promise<RouteResponse>): Promise<RouteResponse> {
  return rolledBack(app.db, async trial => {
    const { account, body, totals: after } = await act({ ...app, db: trial })
    if (!account || !after) throw new Error('only an act on an account has a preview')
    const before = await readTotals(app.db, account.account_key, account.at)
    const shown = { before: creditsIn(before), after: creditsIn(after), result: body }
    return { status: 200, body: shown, account, totals: before }
  })
}

function creditsIn({ available, held, frozen }: Totals) {
  return { available, held, frozen }
}
