// Usage: node --import tsx examples/image-service/main.ts API_URL API_KEY [PORT]
import { connect } from '@lotkeeper/client'
import { imageService } from './service.ts'

const [url, key, port = '4000'] = process.argv.slice(2)
if (!url || !key) throw new Error('Usage: main.ts API_URL API_KEY [PORT]. The key needs scope generate.')
imageService(connect({ url, key })).listen(Number(port), () => {
  console.log(`Listening on port ${port}. Try:`)
  console.log(
    `curl http://127.0.0.1:${port}/images -H 'Content-Type: application/json' -d '{"account": "ada", "prompt": "sea", "count": 2}'`,
  )
})
