import { attention } from '../shared/attention.ts'

/** Attention for an endpoint that was given messages which it never accepted. */
export function failingEndpoint({ disabled }: { disabled: string | null }): string {
  const what =
    disabled === 'failing'
      ? 'nothing was delivered for three days, and the endpoint was disabled.'
      : 'messages were given up after three days.'
  return attention('webhooks_failing', what)
}
