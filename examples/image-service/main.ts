// node --import tsx examples/image-service/main.ts <API> <key of scope generate> [port]
import { connect } from '../../client/index.ts'
import { imageService } from './service.ts'

const [url, key, port = '4000'] = process.argv.slice(2)
if (!url || !key) throw new Error('Give the address of Lotkeeper and a key of scope generate.')
imageService(connect({ url, key })).listen(Number(port), () => {
  console.log(
    `curl http://127.0.0.1:${port}/images -H 'Content-Type: application/json' -d '{"account": "ada", "prompt": "sea", "count": 2}'`,
  )
})
