import { once } from 'node:events'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { closeTogether, PointWatch, type Tap } from './tap.ts'

/**
 * A proxy to Temporal that reads gRPC methods. Temporal has no uncommitted requests, so its points are `unreceived`
 * and `unanswered`.
 * @param target host:port
 */
export async function tapTemporal(target: string): Promise<Tap> {
  const watch = new PointWatch()
  const open = new Set<http2.Http2Session>()
  const server = http2.createServer()
  server.on('session', client => {
    const upstream = http2.connect(`http://${target}`)
    closeTogether(open, client, upstream)
    client.on('stream', (stream, headers) => {
      const broken = () => stream.destroy()
      stream.on('error', broken)
      forwardCall(stream, headers, upstream, watch).catch(broken)
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
async function forwardCall(
  client: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  session: http2.ClientHttp2Session,
  watch: PointWatch,
): Promise<void> {
  const request = await buffer(client)
  const matched = watch.match(String(headers[':path']))
  if (matched?.stage === 'unreceived') return matched.onReached()
  const upstream = session.request(headers)
  client.once('close', () => upstream.close(http2.constants.NGHTTP2_CANCEL))
  let trailers: http2.IncomingHttpHeaders = {}
  upstream.once('trailers', sent => {
    trailers = sent
  })
  upstream.end(request)
  const [answered, flags] = await once(upstream, 'response')
  const body = await buffer(upstream)
  const failed = (trailers['grpc-status'] ?? answered['grpc-status']) !== '0'
  if (matched && !failed) return matched.onReached()
  const { ':status': status, ...rest } = answered
  if (flags & http2.constants.NGHTTP2_FLAG_END_STREAM)
    return client.respond({ ':status': status, ...rest }, { endStream: true })
  client.respond({ ':status': status, ...rest }, { waitForTrailers: true })
  client.once('wantTrailers', () => client.sendTrailers(trailers))
  client.end(body)
}
