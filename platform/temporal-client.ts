import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcDeadlineError,
  makeGrpcRetryInterceptor,
} from '@temporalio/client'
import { dataConverterOf } from './codec/data-converter.ts'
import { type AppConfig, type Config, temporalOf } from './config.ts'
import { currentTracing } from './tracing/tracing.ts'

const CHECK_EVERY_MS = 3_000
const CHECK_DEADLINE_MS = 3_000
/** Failed checks in a row after which the connection is replaced. */
const MOST_FAILED_CHECKS = 2
/** Calls on a replaced connection may still be answered; none waits longer than this. */
const CLOSE_AFTER_MS = 10_000

export type TemporalClient = Pick<Client, 'workflow' | 'workflowService' | 'withDeadline' | 'options'>

/**
 * A client of Temporal that replaces its connection when Temporal stops responding. It connects at the first call, so the
 * process starts while Temporal is down. gRPC itself handles refused and broken connections.
 *
 * gRPC's keep-alive does not replace the checks: its timer starts after the HTTP/2 handshake, so it never notices a server
 * that accepts the connection and sends nothing.
 * @param onReconnect called with the error when the connection is replaced
 */
export function temporalClient(
  config: AppConfig,
  onReconnect: (error: unknown) => void,
): TemporalClient & { close(): Promise<void> } {
  let [connection, client] = connect(config)
  const replaced = new Map<NodeJS.Timeout, Connection>()
  let failedChecks = 0
  let isClosed = false
  let timer: NodeJS.Timeout
  let running = Promise.resolve()

  async function check(): Promise<void> {
    const failure = await deadlineError(client)
    failedChecks = failure ? failedChecks + 1 : 0
    if (isClosed) return
    if (failedChecks >= MOST_FAILED_CHECKS) {
      onReconnect(failure)
      closeLater(connection)
      ;[connection, client] = connect(config)
      failedChecks = 0
    }
    checkLater()
  }
  function checkLater(): void {
    timer = setTimeout(() => {
      running = check()
    }, CHECK_EVERY_MS)
  }
  function closeLater(old: Connection): void {
    const later = setTimeout(() => {
      replaced.delete(later)
      void old.close()
    }, CLOSE_AFTER_MS)
    replaced.set(later, old)
  }
  checkLater()
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
      isClosed = true
      for (const each of [timer, ...replaced.keys()]) clearTimeout(each)
      // The SDK retries a call after a pause; on a closed connection the retry throws where it cannot be caught.
      await running
      await Promise.all([connection, ...replaced.values()].map(each => each.close()))
    },
  }
}

/** A client on a connection, with the configured namespace and data converter. */
export function clientOf(connection: Connection, config: Config): Client {
  return new Client({
    connection,
    namespace: config.temporalNamespace,
    dataConverter: dataConverterOf(config),
    interceptors: { workflow: currentTracing()?.clientInterceptors ?? [] },
  })
}

const sdkRetries = defaultGrpcRetryOptions()

/** Retries calls as the SDK does, but ends a pause at the deadline: the SDK's pauses of up to six seconds exceed it. */
export const retryWithinDeadline: ReturnType<typeof makeGrpcRetryInterceptor> = (options, nextCall) => {
  const { deadline = Number.POSITIVE_INFINITY } = options
  const left = () => Math.max(0, Number(deadline) - Date.now())
  const retry = makeGrpcRetryInterceptor({
    ...sdkRetries,
    delayFunction: (attempt, status) => Math.min(sdkRetries.delayFunction(attempt, status), left()),
  })
  return retry(options, nextCall)
}

function connect(config: AppConfig): [Connection, Client] {
  // By default gRPC shares subchannels between connections to one address, broken ones too.
  const channelArgs = { 'grpc.use_local_subchannel_pool': 1 }
  const connection = Connection.lazy({
    ...temporalOf(config),
    channelArgs,
    connectTimeout: '3s',
    interceptors: [retryWithinDeadline],
  })
  return [connection, clientOf(connection, config)]
}

/** Calls Temporal: any answer, even an error, shows that it responds. @returns the error at the deadline */
async function deadlineError(client: Client): Promise<unknown> {
  try {
    await client.withDeadline(Date.now() + CHECK_DEADLINE_MS, () => client.workflowService.getSystemInfo({}))
    return undefined
  } catch (error) {
    return isGrpcDeadlineError(error) ? error : undefined
  }
}
