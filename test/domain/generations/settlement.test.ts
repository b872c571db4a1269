import fc from 'fast-check'
import { checkCompleteMessage } from '../../../domain/generations/complete-message.ts'
import type { Progress, Settlement } from '../../../domain/generations/progress.ts'
import { decideSettlement, isClosed } from '../../../domain/generations/settlement.ts'
import { refusalOf } from '../policy/example-policy.ts'

const all: Settlement = { kind: 'complete' }
const fail: Settlement = { kind: 'fail' }
const cancel: Settlement = { kind: 'cancel' }
const timeout: Settlement = { kind: 'timeout' }
const some = (delivered: number): Settlement => ({ kind: 'complete', delivered })
/** '0+ 1-' is item 0 delivered and item 1 not. */
const items = (text: string): Settlement => ({
  kind: 'complete',
  items: text
    .split(' ')
    .filter(Boolean)
    .map(item => ({ index: Number(item.slice(0, -1)), ok: item.endsWith('+') })),
})

function begin(outputs: number, held_per_output: number): Progress {
  return { outputs, held_per_output, items: {}, rest: null }
}

/** The result of the last settlement, after the others were accepted. */
function last(outputs: number, held_per_output: number, settlements: Settlement[]): string {
  let progress = begin(outputs, held_per_output)
  for (const settlement of settlements.slice(0, -1)) {
    progress = decideSettlement(progress, settlement)?.progress ?? progress
  }
  try {
    const verdict = decideSettlement(progress, settlements.at(-1) ?? all)
    return verdict ? `+${verdict.spend} -${verdict.refund} ${verdict.state ?? 'open'}` : 'again'
  } catch (error) {
    return (error as { refusal: { code: string } }).refusal.code
  }
}

// A generation of 4 outputs for 2 credits each; +6 -2 means that six are spent and two refunded.
test.each<[string, Settlement[], string]>([
  ['all', [all], '+8 -0 committed'],
  ['all, by number', [some(4)], '+8 -0 committed'],
  ['three', [some(3)], '+6 -2 partially_refunded'],
  ['none', [some(0)], '+0 -8 refunded'],
  ['fail', [fail], '+0 -8 refunded'],
  ['cancel', [cancel], '+0 -8 cancelled'],
  ['time-out', [timeout], '+0 -8 timed_out'],

  ['all, again', [all, all], 'again'],
  ['all, again by number', [all, some(4)], 'again'],
  ['all by number, again without', [some(4), all], 'again'],
  ['three, again', [some(3), some(3)], 'again'],
  ['none, again', [some(0), some(0)], 'again'],
  ['fail, again', [fail, fail], 'again'],
  ['cancel, again', [cancel, cancel], 'again'],
  ['time-out, again', [timeout, timeout], 'again'],

  ['all, then three', [all, some(3)], 'already_settled'],
  ['three, then all', [some(3), all], 'already_settled'],
  ['three, then four', [some(3), some(4)], 'already_settled'],
  ['all, then fail', [all, fail], 'already_settled'],
  ['all, then cancel', [all, cancel], 'already_settled'],
  ['all, then time-out', [all, timeout], 'already_settled'],
  ['all, then items', [all, items('0+')], 'already_settled'],
  ['none, then fail', [some(0), fail], 'already_settled'],
  ['fail, then none', [fail, some(0)], 'already_settled'],
  ['fail, then all', [fail, all], 'already_settled'],
  ['fail, then cancel', [fail, cancel], 'already_settled'],
  ['fail, then items', [fail, items('0-')], 'already_settled'],
  ['cancel, then fail', [cancel, fail], 'already_settled'],
  ['time-out, then all', [timeout, all], 'already_settled'],
  ['time-out, then fail', [timeout, fail], 'already_settled'],
  ['time-out, then items', [timeout, items('0+')], 'already_settled'],
  ['time-out, then an item that does not exist', [timeout, items('4+')], 'invalid_request'],
  ['all, then a bad number', [all, some(-1)], 'already_settled'],

  ['five', [some(5)], 'invalid_request'],
  ['minus one', [some(-1)], 'invalid_request'],
  ['a half', [some(0.5)], 'invalid_request'],
  ['not a number', [some(Number.NaN)], 'invalid_request'],
  ['no item', [items('')], 'invalid_request'],
  ['item 4', [items('4+')], 'invalid_request'],
  ['item -1', [items('-1+')], 'invalid_request'],
  ['item 0.5', [items('0.5+')], 'invalid_request'],
  ['an item twice', [items('1+ 1+')], 'invalid_request'],
  ['one bad item among good ones', [items('0+ 1- 4+')], 'invalid_request'],
  ['items that do not exist, after all', [all, items('4+')], 'invalid_request'],

  ['one item', [items('2+')], '+2 -0 open'],
  ['one item that failed', [items('2-')], '+0 -2 open'],
  ['three items', [items('0+ 1- 3+')], '+4 -2 open'],
  ['every item', [items('0+ 1+ 2+ 3+')], '+8 -0 committed'],
  ['every item, one failed', [items('0+ 1+ 2- 3+')], '+6 -2 partially_refunded'],
  ['every item failed', [items('0- 1- 2- 3-')], '+0 -8 refunded'],
  ['the last items', [items('0+ 1+'), items('3- 2+')], '+2 -2 partially_refunded'],
  ['the last item', [items('0+ 1+ 2+'), items('3+')], '+2 -0 committed'],

  ['items, again', [items('0+ 1-'), items('0+ 1-')], 'again'],
  ['items, again in another order', [items('0+ 1-'), items('1- 0+')], 'again'],
  ['some of the items again', [items('0+ 1-'), items('1-')], 'again'],
  ['items again and one more', [items('0+ 1-'), items('0+ 2+')], '+2 -0 open'],
  ['items again after every item', [items('0+ 1+'), items('2+ 3+'), items('1+')], 'again'],
  ['items again after the rest', [items('0+ 1-'), fail, items('0+ 1-')], 'again'],
  ['an item that had failed', [items('0-'), items('0+')], 'already_settled'],
  ['an item that was delivered', [items('0+'), items('0-')], 'already_settled'],
  ['a contradiction beside a new item', [items('0+'), items('0- 1+')], 'already_settled'],
  ['another item after the rest', [items('0+'), all, items('1+')], 'already_settled'],

  ['items, then the rest', [items('0+ 1-'), all], '+4 -0 partially_refunded'],
  ['delivered items, then the rest', [items('0+ 1+'), all], '+4 -0 committed'],
  ['items, then one of the rest', [items('0+ 1+'), some(1)], '+2 -2 partially_refunded'],
  ['items, then none of the rest', [items('0- 1-'), some(0)], '+0 -4 refunded'],
  ['items, then more than the rest', [items('0+ 1+'), some(3)], 'invalid_request'],
  ['items, then fail', [items('0+ 1-'), fail], '+0 -4 partially_refunded'],
  ['failed items, then fail', [items('0- 1-'), fail], '+0 -4 refunded'],
  ['items, then cancel', [items('0+'), cancel], '+0 -6 partially_refunded'],
  ['failed items, then cancel', [items('0-'), cancel], '+0 -6 cancelled'],
  ['items, then time-out', [items('0+'), timeout], '+0 -6 partially_refunded'],
  ['failed items, then time-out', [items('0-'), timeout], '+0 -6 timed_out'],

  ['items and the rest, the rest again', [items('0+ 1-'), all, all], 'again'],
  ['items and the rest, its number again', [items('0+ 1-'), all, some(2)], 'again'],
  ['items and the rest, another number', [items('0+ 1-'), all, some(4)], 'already_settled'],
  ['items and fail, fail again', [items('0+'), fail, fail], 'again'],
  ['items and fail, then the rest', [items('0+'), fail, all], 'already_settled'],
  ['every item, then all', [items('0+ 1+ 2+ 3+'), all], 'again'],
  ['every item, one failed, then all', [items('0+ 1+ 2+ 3-'), all], 'already_settled'],
  ['every item, then a number', [items('0+ 1+ 2+ 3+'), some(4)], 'already_settled'],
  ['every item failed, then fail', [items('0- 1- 2- 3-'), fail], 'already_settled'],
  ['every item, then time-out', [items('0+ 1+ 2+ 3+'), timeout], 'already_settled'],
])('%s', (_, settlements, outcome) => {
  expect(last(4, 2, settlements)).toBe(outcome)
})

test.each<[string, Settlement[], string]>([
  ['all', [all], '+0 -0 committed'],
  ['one of two', [some(1)], '+0 -0 partially_refunded'],
  ['fail', [fail], '+0 -0 refunded'],
  ['cancel', [cancel], '+0 -0 cancelled'],
  ['time-out', [timeout], '+0 -0 timed_out'],
  ['an item', [items('0+')], '+0 -0 open'],
  ['all, then fail', [all, fail], 'already_settled'],
])('a free generation is settled too: %s', (_, settlements, outcome) => {
  expect(last(2, 0, settlements)).toBe(outcome)
})

const indices = fc.integer({ min: -1, max: 6 })
const anySettlement: fc.Arbitrary<Settlement> = fc.oneof(
  fc.record({ kind: fc.constantFrom('complete', 'fail', 'cancel', 'timeout') } as const),
  fc.record({ kind: fc.constant('complete' as const), delivered: fc.integer({ min: -1, max: 6 }) }),
  fc.record({
    kind: fc.constant('complete' as const),
    items: fc.array(fc.record({ index: indices, ok: fc.boolean() }), { maxLength: 4 }),
  }),
)

test('no message moves more than the cost, and a closed generation has moved all of it', () => {
  const outputs = fc.integer({ min: 1, max: 6 })
  const held = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(outputs, held, fc.array(anySettlement, { maxLength: 12 }), (outputs, held, settlements) => {
      const cost = outputs * held
      let [spent, refunded] = [0, 0]
      let progress = begin(outputs, held)
      for (const settlement of settlements) {
        const verdict = attempt(progress, settlement)
        if (!verdict) continue
        expect(isClosed(progress)).toBe(false)
        expect(Math.min(verdict.spend, verdict.refund)).toBeGreaterThanOrEqual(0)
        spent += verdict.spend
        refunded += verdict.refund
        progress = verdict.progress
        expect(verdict.state !== null).toBe(isClosed(progress))
        if (isClosed(progress)) expect(spent + refunded).toBe(cost)
        else expect(spent + refunded).toBeLessThanOrEqual(cost)
        if (verdict.state === 'committed') expect(refunded).toBe(0)
        if (verdict.state && !/committed|partially/.test(verdict.state)) expect(spent).toBe(0)
        expect(decideSettlement(progress, settlement)).toBeNull()
      }
    }),
  )
})

/** Null for a refusal or a repetition; neither changes the state. */
function attempt(progress: Progress, settlement: Settlement) {
  const before = structuredClone(progress)
  try {
    return decideSettlement(progress, settlement)
  } catch {
    return null
  } finally {
    expect(progress).toEqual(before)
  }
}

test.each([
  [undefined],
  [null],
  [{}],
  [{ delivered: undefined, items: undefined }],
  [{ delivered: 0 }],
  [{ items: [{ index: 0, ok: true, note: 'sharp' }] }],
])('the message %j is well formed', message => {
  expect(() => checkCompleteMessage(message)).not.toThrow()
})

test.each<[unknown, path: string]>([
  ['all', '(body)'],
  [4, '(body)'],
  [[4], '(body)'],
  [{ deliverd: 2 }, 'deliverd'],
  [{ delivered: '2' }, 'delivered'],
  [{ delivered: 1.5 }, 'delivered'],
  [{ delivered: null }, 'delivered'],
  [{ delivered: 1, items: [{ index: 0, ok: true }] }, 'items'],
  [{ items: { index: 0, ok: true } }, 'items'],
  [{ items: [null] }, 'items'],
  [{ items: [{ ok: true }] }, 'items'],
  [{ items: [{ index: '0', ok: true }] }, 'items'],
  [{ items: [{ index: 0 }] }, 'items'],
  [{ items: [{ index: 0, ok: 1 }] }, 'items'],
])('the message %j is refused: invalid_request at %s', (message, path) => {
  const refusal = refusalOf(() => checkCompleteMessage(message))
  expect(refusal).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
})
