import { randomUUID } from 'node:crypto'
import express, { type Express } from 'express'
import { type Lotkeeper, LotkeeperError, withCredits } from '../../client/index.ts'
import { paint } from './paint.ts'

/**
 * A generation service: POST /images {account, prompt, count} makes images and charges for those that came out.
 * @param painter makes one image, or throws
 */
export function imageService(lotkeeper: Lotkeeper, painter = paint): Express {
  const app = express()
  const images = new Map<string, Buffer>()

  app.post('/images', express.json(), async (request, response) => {
    const { account, prompt = '', count = 1, job } = request.body
    const order = { account, operation: 'image', outputs: count, ...(job ? { idempotencyKey: job } : {}) }
    try {
      const made = await withCredits(lotkeeper, order, async ({ generation, delivered }) => {
        const made = Array.from({ length: generation.outputs }, (_, index) => attempt(painter, prompt, index))
        const good = made.filter(image => image !== null)
        if (good.length === 0) throw new Error('nothing came out')
        delivered(good.length)
        return good
      })
      const ids = made.map(image => {
        const id = randomUUID()
        images.set(id, image)
        return id
      })
      response.status(201).json({ images: ids.map(id => `/images/${id}.png`) })
    } catch (error) {
      if (error instanceof LotkeeperError) response.status(error.status).json(error.problem)
      else response.status(500).json({ detail: 'Nothing came out, and nothing was charged.' })
    }
  })

  app.get('/images/:id.png', (request, response) => {
    const image = images.get(request.params.id)
    if (image) response.type('png').send(image)
    else response.sendStatus(404)
  })
  return app
}

function attempt(painter: typeof paint, prompt: string, index: number): Buffer | null {
  try {
    return painter(prompt, index)
  } catch {
    return null
  }
}
