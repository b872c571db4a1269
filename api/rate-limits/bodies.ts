import { setImmediate } from 'node:timers/promises'
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { Refused } from '../../domain/shared/refusals.ts'

const BODY_LIMIT = '256kb'

/** Reads the JSON body of a request into `request.body`. @throws Refused temporarily_unavailable; errors of the parser */
export type BodyReader = (request: Request, response: Response) => Promise<void>

/** Reads JSON bodies once the caller is known. */
export function bodyReader(limit: RequestHandler): BodyReader {
  const json = express.json({ limit: BODY_LIMIT })
  return async (request, response) => {
    await run(limit, request, response)
    await run(json, request, response)
  }
}

function run(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error) : resolve())
    Promise.resolve(handler(request, response, next)).catch(reject)
  })
}

/**
 * Refuses requests whose bodies are still arriving beyond a share of the requests in progress: half of them in total, a
 * quarter per address. Clients that send half a body then leave room for others until they time out.
 */
export function limitPendingBodies(requestsAtOnce: number): RequestHandler {
  const limits = { total: Math.ceil(requestsAtOnce / 2), address: Math.ceil(requestsAtOnce / 4) }
  const pending = new Map<string, number>()
  let total = 0
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    // A body that came with the headers is complete after this turn of the event loop.
    if (!request.complete) await setImmediate()
    if (request.complete || request.destroyed) return next()
    const address = request.ip ?? ''
    const ofAddress = pending.get(address) ?? 0
    if (total >= limits.total || ofAddress >= limits.address)
      throw new Refused({
        code: 'temporarily_unavailable',
        detail: 'Too many request bodies are still arriving. This request was not started; send it again.',
      })
    total += 1
    pending.set(address, ofAddress + 1)
    request.once('close', () => {
      total -= 1
      const left = (pending.get(address) ?? 1) - 1
      if (left > 0) pending.set(address, left)
      else pending.delete(address)
    })
    next()
  }
}
