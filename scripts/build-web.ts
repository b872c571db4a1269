// npm run build:web: the customer's page, as the API serves it.
import { buildPage } from '../web/build.ts'

console.log((await buildPage()) ? 'The page is built.' : 'The page was built from these sources already.')
