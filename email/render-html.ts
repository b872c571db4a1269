import { type Html, html } from '../domain/shared/html.ts'
import type { Block, EmailContent, EmailContext } from './content.ts'
import type { EmailTexts } from './texts/en.ts'

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Apple SD Gothic Neo','Noto Sans KR',Arial,sans-serif"
const TEXT = `${FONT};font-size:16px;line-height:24px;margin:0 0 16px`
const CELL = `${FONT};font-size:14px;line-height:20px;padding:8px 0;border-top:1px solid #e4e4e7;vertical-align:top`

/** Mail programs without this rule show the light colours. It must override the styles of elements, hence `!important`. */
const DARK = `@media (prefers-color-scheme: dark) {
body, .page { background: #18181b !important } .card { background: #27272a !important }
.ink { color: #f4f4f5 !important } .muted { color: #a1a1aa !important } .code { background: #3f3f46 !important }
.button { background: #f4f4f5 !important; color: #18181b !important } td { border-color: #3f3f46 !important }
}`

/** The email as HTML: tables and styles on elements, because mail programs support little else. */
export function renderHtml(context: EmailContext, t: EmailTexts, content: EmailContent): string {
  const { product, language, page } = context
  const body = html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f4f4f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="muted" style="${FONT};font-size:14px;line-height:20px;color:#52525b;padding:0 4px 12px;text-align:left">${product}</td></tr>
<tr><td class="card" style="background:#ffffff;border-radius:8px;padding:24px 20px;text-align:left">
<h1 class="ink" style="${FONT};font-size:22px;line-height:28px;margin:0 0 16px;color:#18181b">${content.title}</h1>
${content.blocks.map(show)}
${page && button(page, t.open_page)}
</td></tr>
<tr><td style="padding:16px 4px;text-align:left">${footer(context, t, content)}</td></tr>
</table>
</td></tr>
</table>`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.subject}</title>
<style>${{ html: DARK }}</style>
</head>
<body style="margin:0;background:#f4f4f5">${body}</body>
</html>
`.html
}

function show(block: Block): Html {
  if (block.kind === 'text') return html`<p class="ink" style="${TEXT};color:#27272a">${block.text}</p>`
  if (block.kind === 'heading')
    return html`<h2 class="ink" style="${FONT};font-size:16px;line-height:24px;margin:0 0 8px;color:#18181b">${block.text}</h2>`
  if (block.kind === 'list')
    return html`<ul class="ink" style="${TEXT};color:#27272a;padding-left:20px">${block.items.map(item => html`<li style="margin:0 0 4px">${item}</li>`)}</ul>`
  if (block.kind === 'code')
    return html`<p class="ink code" style="${TEXT};font-family:ui-monospace,Menlo,Consolas,monospace;font-size:16px;font-weight:bold;background:#f4f4f5;color:#18181b;border-radius:6px;padding:14px 12px;text-align:center">${block.code}</p>`
  return html`<table width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">${block.rows.map(row)}</table>`
}

function row([label, value]: [string, string]): Html {
  return html`<tr><td class="muted" style="${CELL};color:#52525b;padding-right:12px">${label}</td><td class="ink" style="${CELL};color:#18181b;text-align:right;word-break:break-word">${value}</td></tr>`
}

function button(url: string, label: string): Html {
  return html`<p style="margin:24px 0 0"><a class="button" href="${url}" style="${FONT};display:inline-block;font-size:16px;line-height:24px;font-weight:bold;background:#18181b;color:#ffffff;text-decoration:none;border-radius:6px;padding:10px 20px">${label}</a></p>`
}

function footer({ product, support }: EmailContext, t: EmailTexts, { because }: EmailContent): Html {
  const style = `${FONT};font-size:13px;line-height:20px;color:#52525b;margin:0 0 4px`
  return html`${support && html`<p class="muted" style="${style}">${t.support} <a class="muted" href="${hrefOf(support)}" style="color:#52525b">${support}</a></p>`}
<p class="muted" style="${style}">${t.because[because](product)}</p>`
}

function hrefOf(support: string): string {
  return support.includes('@') ? `mailto:${support}` : support
}
