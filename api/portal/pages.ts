import path from 'node:path'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { App } from '../http/app.ts'

const dist = path.resolve(import.meta.dirname, '../../web/dist')

/** Allows our own files only: no inline scripts or styles, other hosts, frames or plug-ins. */
const content = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
}

/** Serves the page, the badge and the console that `npm run build:web` built, under a strict content security policy. */
export function pages(http: Express, app: App): void {
  const page = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...content, 'frame-ancestors': ["'none'"] },
    },
  })
  const badge = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...content, 'frame-ancestors': ["'self'", ...app.config.embedOrigins] },
    },
    // frame-ancestors replaces it, because it allows several origins.
    xFrameOptions: false,
  })
  http.get('/portal', page, show('index.html'))
  http.get('/embed/badge', removeFrameOptions, badge, show('badge.html'))
  // The console reads its address itself.
  http.get('/console{/*screen}', page, show('console.html'))
  http.use('/portal/assets', express.static(path.join(dist, 'assets'), { immutable: true, maxAge: '1y' }))
}

function removeFrameOptions(_request: Request, response: Response, next: NextFunction): void {
  response.removeHeader('X-Frame-Options')
  next()
}

function show(file: string) {
  return (_request: Request, response: Response): void => {
    response.set('Cache-Control', 'no-cache')
    response.sendFile(file, { root: dist, cacheControl: false }, error => {
      if (!error || response.headersSent) return
      response.status(503).type('text/plain').send('The page is not built: run npm run build:web\n')
    })
  }
}
