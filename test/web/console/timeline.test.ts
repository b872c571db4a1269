import type { Happening } from '../../../web/console/account/timeline/happening.ts'
import { merge } from '../../../web/console/account/timeline/merge.ts'

const happened = (at: string): Happening => ({
  key: at,
  at,
  kind: 'ledger',
  title: '',
  reason: null,
  detail: null,
  amount: null,
  to: null,
})
const list = (times: string[], next: string | null = null) => ({ happenings: times.map(happened), next })

it.each([
  ['lists that are read to their ends', [list(['09', '03']), list(['05'])], ['09', '05', '03']],
  [
    'a list that goes on hides what is older than its last item',
    [list(['09', '06'], 'more'), list(['07', '05'])],
    ['09', '07', '06'],
  ],
  [
    'two lists that go on hide what is older than the later end',
    [list(['09', '06'], 'x'), list(['08', '07'], 'y')],
    ['09', '08', '07'],
  ],
  ['an empty list that goes on hides nothing', [list([], 'x'), list(['08'])], ['08']],
  ['no list', [], []],
])('%s', (_, lists, expected) => {
  expect(merge(lists).map(({ at }) => at)).toEqual(expected)
})
