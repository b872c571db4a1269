import type { AppConfig } from '../../platform/config.ts'
import { type Child, startChild } from './child.ts'

/** What the image gives to Node where it runs the API. */
export const API_OPTIONS = ['--max-semi-space-size=4']

type Part = 'api' | 'worker'

/** Lotkeeper in a process of its own: API and worker together as `npm start` runs them, or one of them as the image does. */
export function startLotkeeper(config: AppConfig, part?: Part): Promise<Child<{ url: string }>> {
  const args = [JSON.stringify(config), ...(part ? [part] : [])]
  return startChild('processes/lotkeeper', args, part === 'api' ? API_OPTIONS : [])
}
