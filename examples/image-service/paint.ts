import { createHash } from 'node:crypto'
import { png } from './png.ts'

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
