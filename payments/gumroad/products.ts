import { z } from 'zod'
import { permalinkOf } from './sale.ts'

/** How long the pages of a product are remembered, because each sale asks for them. */
const REMEMBERED_MS = 10 * 60_000

const productShape = z.object({
  custom_permalink: z.string().nullish().catch(null),
  short_url: z.string().nullish().catch(null),
})

/**
 * Reads the permalinks of a product's page. A sale has only the product's own permalink, while its page may have a custom one.
 * @param read asks Gumroad for a product by its id
 * @param now in milliseconds
 */
export function productPages(read: (id: string) => Promise<Record<string, unknown>>, now: () => number) {
  const remembered = new Map<string, { pages: Promise<string[]>; until: number }>()
  const ask = async (id: string) => {
    const { product } = await read(id)
    const { custom_permalink, short_url } = productShape.parse(product ?? {})
    return [custom_permalink, short_url].flatMap(page => (page ? [permalinkOf(page)] : []))
  }
  return (id: string): Promise<string[]> => {
    const known = remembered.get(id)
    if (known && now() < known.until) return known.pages
    const pages = ask(id)
    remembered.set(id, { pages, until: now() + REMEMBERED_MS })
    pages.catch(() => remembered.delete(id))
    return pages
  }
}
