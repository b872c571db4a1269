/** Escaped HTML. The `html` tag escapes every part that is not Html itself. */
export type Html = { readonly html: string }

type Part = string | number | null | undefined | false | Html | Html[]

/** Builds HTML from a template. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((text, string, index) => `${text}${show(parts[index - 1])}${string}`) }
}

function show(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(({ html }) => html).join('')
  if (typeof part === 'object') return part.html
  return String(part).replaceAll(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}

/** A complete page. */
export function documentOf(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>${body}</body>
</html>
`.html
}
