import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Marked } from 'marked'
import { gfmHeadingId } from 'marked-gfm-heading-id'

const docs = path.join(import.meta.dirname, '../docs')

/** Renders the Markdown files of docs/ to HTML: a JSON file of title and HTML by path, such as guides/webhooks. */
export function writeDocuments(file: string): void {
  const names = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
  const pages = names.sort().map(name => [withoutEnding(name), render(name)])
  writeFileSync(file, JSON.stringify(Object.fromEntries(pages)))
}

function render(name: string): { title: string; html: string } {
  const text = readFileSync(path.join(docs, name), 'utf8')
  const title = /^# (.*)$/m.exec(text)?.[1] ?? name
  const marked = new Marked(gfmHeadingId(), {
    async: false,
    walkTokens: token => {
      if (token.type === 'link') token.href = addressOf(name, token.href)
    },
    renderer: {
      // A link that leads nowhere on the server is shown as its text.
      link({ href, tokens }) {
        return href === '' && this.parser.parseInline(tokens)
      },
      // Code and tables are focusable, so that a keyboard can scroll them.
      code({ text, lang }) {
        return `<pre tabindex="0"${lang ? ` data-language="${lang}"` : ''}><code>${escaped(text)}</code></pre>\n`
      },
    },
  })
  const html = marked
    .parse(text, { async: false })
    .replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
  return { title: title.replaceAll('`', ''), html }
}

/** The server's address for a link of a document; empty if it leads out of docs/. */
function addressOf(name: string, href: string): string {
  if (/^([a-z]+:|#)/.test(href)) return href
  const [target = '', anchor] = path.posix.join(path.posix.dirname(name), href).split('#')
  if (target.startsWith('..') || !target.endsWith('.md')) return ''
  return `/docs/${withoutEnding(target)}${anchor ? `#${anchor}` : ''}`
}

function withoutEnding(name: string): string {
  return name.slice(0, -'.md'.length)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
