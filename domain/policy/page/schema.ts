import { z } from 'zod'
import { optional } from '../section-schemas.ts'
import { isReadable, readableTone } from './brand.ts'

/** As text, because the logo is sent with the page's data. */
const LONGEST_LOGO = 24_000

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a color such as "#14594c"', abort: true })
  .refine(text => isReadable(text), {
    error: ({ input }) => `is too light to read: ${readableTone(String(input), 'light')} is the nearest darker tone`,
  })

const logo = z
  .string()
  .max(LONGEST_LOGO, `must have at most ${LONGEST_LOGO} characters`)
  .regex(
    /^data:image\/(png|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/,
    'must be a data URI of a PNG, WebP or SVG image, such as "data:image/png;base64,…"',
  )

/** What the customers' page shows. */
export const page = z
  .strictObject({
    show_balance: z
      .enum(['always', 'with_credits_or_membership'])
      .default('always')
      .describe('When the badge and the head of the page show the balance.'),
    join_url: optional(
      z.url({ protocol: /^https$/ }),
      'Where customers join, rejoin and change plans. The page links to it, with the id of the plan as parameter plan.',
    ),
    logo: optional(
      logo,
      'The logo, as a data URI, because the page loads nothing from other hosts. It must be recognizable on light and dark.',
    ),
    color: optional(
      color,
      'The color of buttons and links. It must be readable on a light background; the page lightens it for a dark one.',
    ),
  })
  .prefault({})
