import type { Browser } from 'playwright-core'
import { checkWidths, openPage, startBrowser } from '../support/clients/browser.ts'
import {
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../support/stand-ins/lotkeeper-with-stripe.ts'

let run: LotkeeperWithStripe
let browser: Browser

beforeAll(async () => {
  ;[run, browser] = await Promise.all([startLotkeeperWithStripe({ STRIPE_RETRY_SECONDS: '1' }), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await run?.stop()
})

it('a payment that is due is shown with the date until which credits stay usable, until it is paid', async () => {
  const { stripe } = run
  const { time, id } = await subscribed(run)
  await run.deliver(stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB)))
  const open = stripe.invoice(id, FEB, MAR, { status: 'open' })
  stripe.change(id, { status: 'past_due' })
  await run.deliver(stripe.event('invoice.payment_failed', open))
  await time.advance('2026-02-10T12:00:00.000Z')

  const { page, errors, close } = await openPage(browser, run.design, time.path)
  await page.getByText(/^The payment for .* is due\.$/).waitFor()
  expect(await page.locator('.banner').textContent()).toContain(
    'You can use all credits until 11 Feb 2026, 00:00 UTC. After that 100 credits freeze',
  )
  expect(await page.getByTestId('available').textContent()).toBe('100')
  await checkWidths(page, 'past-due')

  stripe.change(id, { status: 'active' })
  stripe.settle(open)
  await run.deliver(stripe.event('invoice.paid', open))
  await page.locator('.banner').waitFor({ state: 'detached' })
  await page.getByTestId('available').filter({ hasText: /^200$/ }).waitFor()
  expect(errors).toEqual([])
  await close()
})

it('a cancellation that Stripe has not made yet is shown until it is made', async () => {
  const { stripe } = run
  const { time, id } = await subscribed(run)
  await run.deliver(stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB)))
  const { page, errors, close } = await openPage(browser, run.design, time.path)
  const pending = page.getByText('Our payment provider has not confirmed this yet.')
  expect(await pending.count()).toBe(0)

  stripe.setDown(true)
  await page.getByRole('button', { name: 'Cancel membership' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel membership' }).click()
  await page.getByText(/^Ends on /).waitFor()
  await pending.waitFor()
  await checkWidths(page, 'cancellation-pending')
  stripe.setDown(false)
  await pending.waitFor({ state: 'detached' })

  stripe.setDown(true)
  const [{ id: membership }] = await membershipsOf(time)
  await time.updateMembership(membership, 'cancel', { when: 'now' })
  await pending.waitFor()
  expect(await page.locator('.plan .tag').textContent()).toBe('Ended')
  await checkWidths(page, 'end-pending')
  stripe.setDown(false)
  await pending.waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await close()
})
