import { type Block, type EmailContent, type EmailContext, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/**
 * The outcome of an audit, as Plan & Credits shows it (BR-16).
 * @param explanation of explainAudit, in the customer's language
 */
export function auditEmail(context: EmailContext, explanation: string): EmailContent {
  const { t } = textsFor(context)
  return {
    subject: t.audit.subject(context.product),
    title: t.audit.title,
    blocks: explanation.split('\n').reduce(addLine, []),
    because: 'account',
  }
}

/** Lines that begin with a hyphen are items of one list. */
function addLine(blocks: Block[], line: string): Block[] {
  if (!line.startsWith('- ')) return [...blocks, text(line)]
  const item = line.slice('- '.length)
  const last = blocks.at(-1)
  if (last?.kind !== 'list') return [...blocks, { kind: 'list', items: [item] }]
  return [...blocks.slice(0, -1), { kind: 'list', items: [...last.items, item] }]
}
