import type { Connection } from '@temporalio/client'
import { searchAttributes } from '../../workflows/contract/messages.ts'

/** Values of IndexedValueType in Temporal's API. */
const indexedTypes = { KEYWORD: 2, BOOL: 5, DATETIME: 6 } as const

/** Adds the search attributes that the namespace lacks. Safe to repeat. */
export async function registerSearchAttributes({ operatorService }: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
  const missing = Object.values(searchAttributes).filter(({ name }) => !(name in (customAttributes ?? {})))
  if (missing.length === 0) return
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      missing.map(({ name, type }) => [name, indexedTypes[type as keyof typeof indexedTypes]]),
    ),
  })
}
