// npm run build:web: builds the portal that the API serves.
import { buildPage } from '../web/build.ts'

console.log((await buildPage()) ? 'Portal built.' : 'Portal is up to date.')
