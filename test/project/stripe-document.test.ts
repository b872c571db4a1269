import { readFileSync } from 'node:fs'
import path from 'node:path'
import Stripe from 'stripe'
import { polledEventTypes, stripeEventTypes } from '../../payments/stripe/event-types.ts'
import { root } from '../support/root.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const text = read('docs/stripe.md')

test('docs/stripe.md lists the event types that the webhook understands', () => {
  const [, block = ''] = /```text\n(.*?)\n```/s.exec(text) ?? []
  expect(block.split('\n')).toEqual(stripeEventTypes)
})

test('it names the API version of the client', () => {
  expect(text).toContain(`API version \`${Stripe.API_VERSION}\``)
})

test('Stripe filters events by at most twenty types', () => {
  expect(polledEventTypes.flat()).toEqual(stripeEventTypes)
  expect(polledEventTypes.filter(types => types.length > 20)).toEqual([])
})

test.each(['docs/stripe.md', 'docs/gumroad.md'])('the links of %s lead to headings of docs/operations.md', document => {
  const anchors = [...read('docs/operations.md').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const linked = [...read(document).matchAll(/\(operations\.md#([^)]+)\)/g)].map(([, anchor]) => anchor)
  expect(linked.length).toBeGreaterThan(3)
  expect(linked.filter(anchor => !anchors.includes(anchor ?? ''))).toEqual([])
})
