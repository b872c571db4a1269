import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcDeadlineError,
  makeGrpcRetryInterceptor,
} from '@temporalio/client'
import { type AppConfig, temporalOf } from './config.ts'

const LOOK_EVERY_MS = 3_000
const ANSWER_WITHIN_MS = 3_000
/** Looks in a row that nobody answered, until a line counts as dead. */
const MOST_UNANSWERED = 2
/** What is on its way on a line that is given up may still be answered; nobody waits for longer than this. */
const LEAVE_AFTER_MS = 10_000

export type TemporalClient = Pick<Client, 'workflow' | 'workflowService' | 'withDeadline' | 'options'>

/**
 * A client of Temporal that takes another line when nobody answers on the one it has. gRPC waits for ever for who takes a
 * connection and never says a word, and for 45 seconds where a line falls silent. It connects when it is first used, so
 * that we start while Temporal is away; where a line is refused or breaks gRPC sees to it.
 * @param gaveUp is told when a line is given up
 */
export function temporalClient(
  config: AppConfig,
  gaveUp: (error: unknown) => void,
): TemporalClient & { close(): Promise<void> } {
  let [connection, client] = connect(config)
  const left = new Map<NodeJS.Timeout, Connection>()
  let unanswered = 0
  let closed = false
  let timer: NodeJS.Timeout
  let looking = Promise.resolve()

  async function look(): Promise<void> {
    const failed = await isUnanswered(client)
    unanswered = failed ? unanswered + 1 : 0
    if (closed) return
    if (unanswered >= MOST_UNANSWERED) {
      gaveUp(failed)
      leave(connection)
      ;[connection, client] = connect(config)
      unanswered = 0
    }
    lookLater()
  }
  function lookLater(): void {
    timer = setTimeout(() => {
      looking = look()
    }, LOOK_EVERY_MS)
  }
  function leave(dead: Connection): void {
    const later = setTimeout(() => {
      left.delete(later)
      void dead.close()
    }, LEAVE_AFTER_MS)
    left.set(later, dead)
  }
  lookLater()
  return {
    get workflow() {
      return client.workflow
    },
    get workflowService() {
      return client.workflowService
    },
    get options() {
      return client.options
    },
    withDeadline: (deadline, call) => client.withDeadline(deadline, call),
    close: async () => {
      closed = true
      for (const each of [timer, ...left.keys()]) clearTimeout(each)
      // The SDK tries a call again after a pause, and throws where nobody can catch it if the line is closed by then.
      await looking
      await Promise.all([connection, ...left.values()].map(each => each.close()))
    },
  }
}

const tries = defaultGrpcRetryOptions()

/**
 * Calls are tried again as the SDK does it, but no pause outlasts the deadline: the SDK's own are up to six seconds, and
 * who waits would hear of the deadline when the pause is over.
 */
export const triesInTime: ReturnType<typeof makeGrpcRetryInterceptor> = (options, nextCall) => {
  const { deadline = Number.POSITIVE_INFINITY } = options
  const left = () => Math.max(0, Number(deadline) - Date.now())
  const retry = makeGrpcRetryInterceptor({
    ...tries,
    delayFunction: (attempt, status) => Math.min(tries.delayFunction(attempt, status), left()),
  })
  return retry(options, nextCall)
}

function connect(config: AppConfig): [Connection, Client] {
  // Otherwise gRPC shares what is below of all lines to one address, the dead ones too.
  const channelArgs = { 'grpc.use_local_subchannel_pool': 1 }
  const connection = Connection.lazy({
    ...temporalOf(config),
    channelArgs,
    connectTimeout: '3s',
    interceptors: [triesInTime],
  })
  return [connection, new Client({ connection, namespace: config.temporalNamespace })]
}

/** The error, where no answer came in time; any answer shows that somebody is there. */
async function isUnanswered(client: Client): Promise<unknown> {
  try {
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => client.workflowService.getSystemInfo({}))
    return undefined
  } catch (error) {
    return isGrpcDeadlineError(error) ? error : undefined
  }
}
