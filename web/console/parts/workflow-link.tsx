import type { ReactNode } from 'react'
import { usePlace } from '../api/session.ts'
import { texts } from '../texts/index.ts'

/** How workflow ids begin, by what they are about. */
const kinds: Record<string, string> = {
  generation: 'generation',
  membership: 'membership',
  purchase: 'purchase',
  refund: 'purchase',
  campaign: 'campaign',
  audit: 'audit',
  webhook_endpoint: 'webhooks',
}

/** A link to a workflow in the Temporal UI; nothing where no Temporal UI is known. */
export function WorkflowLink({ kind, id, children }: { kind: string; id: string; children?: ReactNode }) {
  const { session, product } = usePlace()
  const prefix = kinds[kind]
  if (session.temporal_ui === null || prefix === undefined) return null
  const workflow = encodeURIComponent(`${prefix}/${product}/${id}`)
  return (
    <a className="workflow" href={`${session.temporal_ui}/workflows/${workflow}`} target="_blank" rel="noreferrer">
      {children ?? texts.in_temporal}
    </a>
  )
}
