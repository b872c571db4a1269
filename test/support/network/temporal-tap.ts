import { once } from 'node:events'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Tap, tie, Watch } from './tap.ts'

/**
 * A proxy to Temporal that reads gRPC methods. Temporal has no uncommitted requests, so its points are `unreceived`
 * and `unanswered`.
 * @param target host:port
 */
export async function tapTemporal(target: string): Promise<Tap> {
  const watch = new Watch()
  const open = new Set<http2.Http2Session>()
  const server = http2.createServer()
  server.on('session', near => {
    const far = http2.connect(`http://${target}`)
    tie(open, near, far)
    near.on('stream', (stream, headers) => {
      const broken = () => stream.destroy()
      stream.on('error', broken)
      pass(stream, headers, far, watch).catch(broken)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    watch: (point, strike) => watch.set(point, strike),
    stop: async () => {
      server.close()
      for (const session of open) session.destroy()
    },
  }
}

/** One call; all are unary, so request and answer are forwarded whole. */
async function pass(
  near: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  session: http2.ClientHttp2Session,
  watch: Watch,
): Promise<void> {
  const request = await buffer(near)
  const meeting = watch.meet(String(headers[':path']))
  if (meeting?.moment === 'unreceived') return meeting.strike()
  const far = session.request(headers)
  near.once('close', () => far.close(http2.constants.NGHTTP2_CANCEL))
  let trailers: http2.IncomingHttpHeaders = {}
  far.once('trailers', sent => {
    trailers = sent
  })
  far.end(request)
  const [answered, flags] = await once(far, 'response')
  const body = await buffer(far)
  const failed = (trailers['grpc-status'] ?? answered['grpc-status']) !== '0'
  if (meeting && !failed) return meeting.strike()
  const { ':status': status, ...rest } = answered
  if (flags & http2.constants.NGHTTP2_FLAG_END_STREAM)
    return near.respond({ ':status': status, ...rest }, { endStream: true })
  near.respond({ ':status': status, ...rest }, { waitForTrailers: true })
  near.once('wantTrailers', () => near.sendTrailers(trailers))
  near.end(body)
}
