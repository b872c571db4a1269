import type { Call } from '../running.ts'
import type { Tell } from './narrator.ts'

const JOINED = '2026-01-31T00:00:00Z'
const MONTHS = ['2026-02-28', '2026-03-31']
const LAPSES = '2026-04-15T00:00:00Z'
const BACK = '2026-04-22T00:00:00Z'

/** A membership on a test clock: months pass in seconds, on the same server. */
export async function demoMembership(
  call: Call,
  path: string,
  { chapter, step, show, history }: Tell,
): Promise<void> {
  chapter('A membership, on a clock of its own')
  await step(
    'A member joins on 31 January, and has paid until 15 April. The first credits are there at once.',
  )
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: JOINED })
  await call('PUT', path, { test_clock: clock.id })
  const paid = { plan: 'membership', paid_through: LAPSES }
  const joined = await call('POST', `${path}/memberships`, paid, 'join')
  show(joined, 'state', 'anchor', 'next_grant')

  const pass = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  for (const [index, day] of MONTHS.entries()) {
    await step(
      `${index === 0 ? 'A month passes' : 'Another one'}: ${day}, the last day of a shorter or longer month.`,
    )
    await pass(`${day}T00:00:01Z`)
    show(await call('GET', `${path}/balance`), 'as_of')
  }

  await step('Nobody pays any longer: at that instant what needs a membership is frozen, not lost.')
  await pass(LAPSES)
  show(await call('GET', `${path}/balance`), 'as_of')

  await step('A week later the member is back. What was frozen is there again, whole.')
  await pass(BACK)
  await call('POST', `/v1/memberships/${joined.body.id}/reactivate`, {}, 'back')
  show(await call('GET', `${path}/balance`), 'as_of')

  await step('The history of the membership.')
  const { body } = await call('GET', `/v1/memberships/${joined.body.id}`)
  history(body.history)
}
