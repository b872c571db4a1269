import type { NextFunction, Request, Response } from 'express'
import { Refused } from '../../domain/shared/refusals.ts'

/**
 * Lets so many requests be under way at once, and refuses more at once instead of letting all of them wait until nobody
 * hears the answer. What memory and connections can be asked for is bounded by it.
 */
export function limitConcurrency(most: number) {
  let underWay = 0
  return (_request: Request, response: Response, next: NextFunction): void => {
    if (underWay >= most)
      throw new Refused({
        code: 'temporarily_unavailable',
        detail: `${most} requests are under way here already. Nothing was done; send this one again.`,
      })
    underWay += 1
    let counted = true
    const over = () => {
      if (counted) underWay -= 1
      counted = false
    }
    response.on('close', over)
    response.locals.releaseSlot = over
    next()
  }
}
