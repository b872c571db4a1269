/** A working request for the documentation. A test sends all examples in their order. */
export type Example = {
  /** as in the OpenAPI document: `post /v1/accounts/{account}/grants` */
  operation: string
  /** what the product must sell or allow; any product if omitted */
  of?: 'lifetime plans' | 'codes' | 'corrections' | 'compensations'
  /** scope of the key; admin if omitted */
  scope?: 'support'
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
  status: number
  /** sample ids that later examples use, with the path of the real id in the response */
  keep?: Record<string, string>
}
