import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

const SIZE = 192

/** Stands in for a model: draws colour waves that depend on the prompt and the image's index. */
export function paint(prompt: string, index: number): Buffer {
  if (prompt.trim() === '') throw new Error('the prompt is empty')
  const seed = createHash('sha256').update(`${prompt}/${index}`).digest()
  const wave = (x: number, y: number, offset: number) => {
    const [a = 0, b = 0, c = 0] = seed.subarray(offset, offset + 3)
    return Math.round(128 + 127 * Math.sin((x * (a - 128) + y * (b - 128)) / 4_000 + c / 40))
  }
  return png(SIZE, (x, y) => [wave(x, y, 0), wave(x, y, 3), wave(x, y, 6)])
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const EIGHT_BIT_RGB = [8, 2, 0, 0, 0]

/** Encodes a square image as PNG. @param colour returns red, green and blue of a pixel, 0 to 255 each */
function png(size: number, colour: (x: number, y: number) => [number, number, number]): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (_, x) => colour(x, y)).flat()]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set(EIGHT_BIT_RGB, 8)
  const body = deflateSync(Buffer.concat(rows))
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
