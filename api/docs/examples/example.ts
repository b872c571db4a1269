/** A working request for the documentation. A test sends all examples in their order. */
export type Example = {
  /** as in the OpenAPI document: `post /v1/accounts/{account}/grants` */
  operation: string
  /** what the product must sell or allow; any product if omitted */
  of?: 'lifetime plans' | 'codes' | 'corrections' | 'compensations'
  /** scope of the key; admin if omitted */
  scope?: 'support'
  /** the account is `ada` if omitted */
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
  /** the error code, if the request is refused */
  refusal?: string
  /** sample ids that later examples use, with the path of the real id in the response */
  keep?: Record<string, string>
}
