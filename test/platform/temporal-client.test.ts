import { retryWithinDeadline } from '../../platform/temporal-client.ts'
import { root } from '../support/root.ts'
import { launch } from '../support/servers/program.ts'

afterEach(() => jest.useRealTimers())

/** gRPC's names for them. */
const status = { DEADLINE_EXCEEDED: 4, UNAVAILABLE: 14 }
const metadata: any = {}
const DEADLINE = 4_500

/** A gRPC call on the test's clock: each attempt fails at once as unavailable, or at the deadline. */
function call(deadline: number | undefined) {
  jest.useFakeTimers({ now: 0 })
  const tried: number[] = []
  const heard: { code: number; at: number }[] = []
  const nextCall = () =>
    ({
      start: (_metadata: unknown, listener: any) => {
        tried.push(Date.now())
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
    onReceiveStatus: ({ code }: { code: number }) => heard.push({ code, at: Date.now() }),
  })
  intercepted.sendMessage('asked')
  intercepted.halfClose()
  return { tried, heard }
}

it('a call to an unreachable Temporal fails at the deadline, after several attempts', () => {
  const { tried, heard } = call(DEADLINE)
  jest.advanceTimersByTime(10_000)
  expect(heard).toEqual([{ code: status.DEADLINE_EXCEEDED, at: DEADLINE }])
  expect(tried.length).toBeGreaterThan(4)
})

it('without a deadline the SDK decides the number of attempts', () => {
  const { tried, heard } = call(undefined)
  jest.advanceTimersByTime(60_000)
  expect(tried).toHaveLength(10)
  expect(heard).toMatchObject([{ code: status.UNAVAILABLE }])
})

it('a client that is closed while connecting ends without error', async () => {
  const program = launch(root, ['--import', 'tsx', 'test/support/network/close-while-connecting.ts'], {})
  expect({ code: await program.ended, output: program.output() }).toEqual({ code: 0, output: '' })
})
