import type { Block, EmailContent, EmailContext } from './content.ts'
import type { EmailTexts } from './texts/en.ts'

/** The email as plain text, with everything that its HTML says. */
export function renderText({ product, page, support }: EmailContext, t: EmailTexts, content: EmailContent): string {
  const footer = [...(support ? [`${t.support} ${support}`] : []), t.because[content.because](product)]
  const parts = [
    content.title,
    ...content.blocks.map(show),
    ...(page ? [`${t.open_page}:\n${page}`] : []),
    `--\n${footer.join('\n')}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function show(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'heading':
      return block.text
    case 'list':
      return block.items.map(item => `- ${item}`).join('\n')
    case 'rows':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n')
    case 'code':
      return `    ${block.code}`
  }
}
