import type { Call } from '../running.ts'
import type { Narrator } from './narrator.ts'

const JOINED = '2026-01-31T00:00:00Z'
const MONTHS = ['2026-02-28', '2026-03-31']
const LAPSES = '2026-04-15T00:00:00Z'
const BACK = '2026-04-22T00:00:00Z'

export async function demoMembership(
  call: Call,
  path: string,
  { chapter, step, show, history }: Narrator,
): Promise<void> {
  chapter('A membership on a test clock')
  await step('Start a membership on 31 January, paid until 15 April. The first credits are granted at once.')
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: JOINED })
  await call('PUT', path, { test_clock: clock.id })
  const paid = { plan: 'membership', paid_through: LAPSES }
  const joined = await call('POST', `${path}/memberships`, paid, 'join')
  show(joined, 'state', 'anchor', 'next_grant')

  const pass = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  for (const [index, day] of MONTHS.entries()) {
    await step(
      `Advance the clock to ${day}${index === 0 ? ', the last day of a shorter month' : ''}: the monthly grant.`,
    )
    await pass(`${day}T00:00:01Z`)
    show(await call('GET', `${path}/balance`), 'as_of')
  }

  await step('The paid time ends: membership credits freeze at that instant.')
  await pass(LAPSES)
  show(await call('GET', `${path}/balance`), 'as_of')

  await step('Reactivate a week later: the frozen credits are available again.')
  await pass(BACK)
  await call('POST', `/v1/memberships/${joined.body.id}/reactivate`, {}, 'back')
  show(await call('GET', `${path}/balance`), 'as_of')

  await step('Show the history of the membership.')
  const { body } = await call('GET', `/v1/memberships/${joined.body.id}`)
  history(body.history)
}
