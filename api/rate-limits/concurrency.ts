import type { NextFunction, Request, Response } from 'express'
import { Refused } from '../../domain/shared/refusals.ts'

/**
 * Refuses requests beyond a number in progress, instead of queueing them until their callers time out. This bounds memory
 * and connections.
 */
export function limitConcurrency(limit: number) {
  let inProgress = 0
  return (_request: Request, response: Response, next: NextFunction): void => {
    if (inProgress >= limit)
      throw new Refused({
        code: 'temporarily_unavailable',
        detail: `${limit} requests are in progress. This one was not started; send it again.`,
      })
    inProgress += 1
    let isCounted = true
    const release = () => {
      if (isCounted) inProgress -= 1
      isCounted = false
    }
    response.on('close', release)
    response.locals.releaseSlot = release
    next()
  }
}
