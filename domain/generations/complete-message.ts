import { invalidRequest } from '../shared/refusals.ts'

/**
 * Validates an external message. Unknown fields are refused: without a misspelt `delivered`, everything would count as
 * delivered.
 * @throws Refused invalid_request
 */
export function checkCompleteMessage(message: unknown): void {
  if (message === undefined || message === null) return
  if (typeof message !== 'object' || Array.isArray(message)) throw invalidRequest('(body)', 'must be an object')
  const { delivered, items, usage, cost, ...others } = message as Record<string, unknown>
  for (const field of Object.keys(others)) throw invalidRequest(field, 'must be delivered, items, usage or cost')
  if (delivered !== undefined && !Number.isSafeInteger(delivered))
    throw invalidRequest('delivered', 'must be a whole number')
  if (items !== undefined && !(Array.isArray(items) && items.every(isItem)))
    throw invalidRequest('items', 'must be a list of {index: whole number, ok: true or false}')
  if (usage !== undefined && !isUsage(usage)) throw invalidRequest('usage', 'must be whole numbers by meter')
  if (cost !== undefined && !isQuantity(cost)) throw invalidRequest('cost', 'must be a whole number of at least 0')
  const [excluding] = excludingFields({ delivered, items, usage, cost })
  if (excluding) throw invalidRequest(excluding.path, excluding.message)
}

/** The fields of a message that exclude another one that it has. */
export function excludingFields(
  message: Partial<Record<'delivered' | 'items' | 'usage' | 'cost', unknown>>,
): { path: string; message: string }[] {
  const has = (field: keyof typeof message) => message[field] !== undefined
  return [
    ...(has('delivered') && has('items') ? [{ path: 'items', message: 'must not be combined with delivered' }] : []),
    ...(has('usage') && has('items')
      ? [{ path: 'usage', message: 'must not be combined with items, which state their own' }]
      : []),
    ...(has('cost') && (has('items') || has('usage'))
      ? [{ path: 'cost', message: 'must not be combined with items or usage' }]
      : []),
  ]
}

function isItem(item: unknown): boolean {
  const { index, ok, usage } = (item ?? {}) as Record<string, unknown>
  return Number.isSafeInteger(index) && typeof ok === 'boolean' && (usage === undefined || isUsage(usage))
}

/** Whether a value is {meter: quantity}. */
function isUsage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isQuantity)
}

function isQuantity(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
