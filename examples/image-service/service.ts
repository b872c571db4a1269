import { randomUUID } from 'node:crypto'
import { type Lotkeeper, LotkeeperError, withCredits } from '@lotkeeper/client'
import express, { type Express } from 'express'
import { paint } from './paint.ts'

/**
 * A generation service. POST /images {account, prompt, count, job} generates images and charges for those that succeed.
 * `job` makes a repeated request charge once.
 * @param painter returns one image, or throws
 */
export function imageService(lotkeeper: Lotkeeper, painter = paint): Express {
  const app = express()
  const images = new Map<string, Buffer>()

  app.post('/images', express.json(), async (request, response) => {
    const { account, prompt = '', count = 1, job } = request.body
    const order = { account, operation: 'image', outputs: count, ...(job ? { idempotencyKey: job } : {}) }
    try {
      const generated = await withCredits(lotkeeper, order, async ({ generation, delivered }) => {
        const results = Array.from({ length: generation.outputs }, (_, index) => tryToPaint(painter, prompt, index))
        const succeeded = results.filter(image => image !== null)
        if (succeeded.length === 0) throw new Error('no image was generated')
        delivered(succeeded.length)
        return succeeded
      })
      const ids = generated.map(image => {
        const id = randomUUID()
        images.set(id, image)
        return id
      })
      response.status(201).json({ images: ids.map(id => `/images/${id}.png`) })
    } catch (error) {
      if (error instanceof LotkeeperError) response.status(error.status).json(error.problem)
      else response.status(500).json({ detail: 'No image was generated, and no credits were charged.' })
    }
  })

  app.get('/images/:id.png', (request, response) => {
    const image = images.get(request.params.id)
    if (image) response.type('png').send(image)
    else response.sendStatus(404)
  })
  return app
}

function tryToPaint(painter: typeof paint, prompt: string, index: number): Buffer | null {
  try {
    return painter(prompt, index)
  } catch {
    return null
  }
}
