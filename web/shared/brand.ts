import type { Overview } from './api-types.ts'

/** Shows the page in the colors of the product; without any, in its own. */
export function applyColors(colors: Overview['product']['colors'] | undefined): void {
  const { style } = document.documentElement
  if (!colors) return
  style.setProperty('--accent', `light-dark(${colors.light}, ${colors.dark})`)
}
