/** Escaped HTML. The `html` tag escapes every part that is not Html itself. */
export type Html = { readonly html: string }

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

type Part = string | number | null | undefined | false | Html | Html[]

/** Builds HTML from a template. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((text, string, index) => `${text}${show(parts[index - 1])}${string}`) }
}

function show(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(({ html }) => html).join('')
  if (typeof part === 'object') return part.html
  return String(part).replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')
}
