import { retryWithinDeadline } from '../../platform/temporal-client.ts'
import { root } from '../support/root.ts'
import { launch } from '../support/servers/program.ts'

afterEach(() => jest.useRealTimers())

/** Codes of gRPC. */
const status = { DEADLINE_EXCEEDED: 4, UNAVAILABLE: 14 }
const metadata: any = {}
const DEADLINE = 4_500

/** Makes a gRPC call with fake timers. Each attempt fails at once: before the deadline as unavailable, then as exceeded. */
function call(deadline: number | undefined) {
  jest.useFakeTimers({ now: 0 })
  const attempts: number[] = []
  const statuses: { code: number; at: number }[] = []
  const nextCall = () =>
    ({
      start: (_metadata: unknown, listener: any) => {
        attempts.push(Date.now())
        const code = Date.now() < (deadline ?? Infinity) ? status.UNAVAILABLE : status.DEADLINE_EXCEEDED
        listener.onReceiveMessage(null)
        listener.onReceiveStatus({ code, details: '', metadata })
      },
      sendMessageWithContext: () => undefined,
      sendMessage: () => undefined,
      halfClose: () => undefined,
    }) as any
  const intercepted = retryWithinDeadline({ deadline } as any, nextCall)
  intercepted.start(metadata, {
    onReceiveMetadata: () => undefined,
    onReceiveMessage: () => undefined,
    onReceiveStatus: ({ code }: { code: number }) => statuses.push({ code, at: Date.now() }),
  })
  intercepted.sendMessage('request')
  intercepted.halfClose()
  return { attempts, statuses }
}

it('a call to an unreachable Temporal fails at the deadline, after several attempts', () => {
  const { attempts, statuses } = call(DEADLINE)
  jest.advanceTimersByTime(10_000)
  expect(statuses).toEqual([{ code: status.DEADLINE_EXCEEDED, at: DEADLINE }])
  expect(attempts.length).toBeGreaterThan(4)
})

it('without a deadline the SDK decides the number of attempts', () => {
  const { attempts, statuses } = call(undefined)
  jest.advanceTimersByTime(60_000)
  expect(attempts).toHaveLength(10)
  expect(statuses).toMatchObject([{ code: status.UNAVAILABLE }])
})

it('a client that is closed while connecting ends without error', async () => {
  const program = launch(root, ['--import', 'tsx', 'test/support/network/close-while-connecting.ts'], {})
  expect({ code: await program.ended, output: program.output() }).toEqual({ code: 0, output: '' })
})
