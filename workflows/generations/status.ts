import type { SearchAttributePair } from '@temporalio/common'
import { settlementConflict } from '../../domain/generations/settlement.ts'
import { type Generation, type GenerationInput, searchAttributes } from '../contract/messages.ts'
import { attentionParagraph, needsAttention, publishStatus } from '../lib/status.ts'

export function publishGeneration(input: GenerationInput, current: Generation): void {
  const { state, operation, outputs, account, cost, held, spent, refunded, deadline } = current
  publishStatus(
    [
      `**${operation}** × ${outputs} for account ${account}: ${cost} credits, **${state}**.`,
      `Held ${held}, spent ${spent}, refunded ${refunded}.`,
      state === 'reserved'
        ? `Released at ${deadline} unless it is settled. To settle it by hand send the update \`complete\` (\`{"delivered": n}\`), \`fail\` or \`cancel\`.`
        : 'Settled; there is nothing to do.',
    ],
    attributesOf(input, state),
  )
}

export function publishRefusal(input: GenerationInput, reason: string): void {
  publishStatus([`Refused: ${reason}`, 'Nothing is held. There is nothing to do.'], attributesOf(input, 'refused'))
}

/** @param code of the refusal with which the ledger answered a settlement */
export function publishConflict(code: string): void {
  const reason = settlementConflict(code)
  publishStatus([attentionParagraph(reason)], [needsAttention(reason)])
}

/** A refused input may have any type, and only texts can be search attributes. */
function attributesOf({ product, account }: GenerationInput, state: string): SearchAttributePair[] {
  const attributes = [
    { key: searchAttributes.product, value: product },
    { key: searchAttributes.account, value: account },
    { key: searchAttributes.creditsState, value: state },
  ]
  return attributes.filter(({ value }) => typeof value === 'string')
}
