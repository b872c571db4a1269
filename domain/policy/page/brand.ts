/** A color as red, green and blue, each from 0 to 255. */
type Rgb = [red: number, green: number, blue: number]

/** The least contrast of text (WCAG 2.2, 1.4.3). */
const READABLE = 4.5
/** The backgrounds of the page by color scheme, in web/style/base.css. Text in color also stands on a tint of them. */
const BACKGROUND: Record<Scheme, string> = { light: '#faf9f6', dark: '#1c1c1a' }
/** Share of the color in a tint, as in web/style/base.css. */
const TINT = 0.12
const STEP = 0.05

type Scheme = 'light' | 'dark'

/** The color of a product in each color scheme: as the policy states it, and lighter where it would be unreadable on dark. */
export function schemeColors(color: string): Record<Scheme, string> {
  return { light: color, dark: readableTone(color, 'dark') }
}

/** Whether text in the color, and white text on it, can be read on the page's light background. */
export function isReadable(color: string, scheme: Scheme = 'light'): boolean {
  return contrast(color, mix(color, BACKGROUND[scheme], TINT)) >= READABLE
}

/** The nearest tone of a color that can be read: darker in the light scheme, lighter in the dark one. */
export function readableTone(color: string, scheme: Scheme): string {
  const towards = scheme === 'light' ? '#000000' : '#ffffff'
  for (let share = 0; share < 1; share += STEP) {
    const tone = mix(towards, color, share)
    if (isReadable(tone, scheme)) return tone
  }
  return towards
}

/** As CSS does `color-mix(in srgb, color share, other)`. */
function mix(color: string, other: string, share: number): string {
  const [a, b] = [rgbOf(color), rgbOf(other)]
  const mixed = a.map((part, n) => Math.round(part * share + (b[n] ?? 0) * (1 - share)))
  return `#${mixed.map(part => part.toString(16).padStart(2, '0')).join('')}`
}

/** The contrast of two colors by WCAG 2.2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(rgbOf(one)), luminance(rgbOf(other))].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(color: Rgb): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  const [red, green, blue] = color.map(part => linear(part / 255)) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function rgbOf(color: string): Rgb {
  const number = Number.parseInt(color.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}
