import { perform, type Reply, type Request } from './protocol.ts'
import { ready } from './ready.ts'

const answer = async (request: Request): Promise<Reply> => {
  const { id } = request
  try {
    return { id, value: await perform(request) }
  } catch (error) {
    return { id, error: String(error) }
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's own takes none
  void answer(data).then((reply) => postMessage(reply))
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's own takes none
postMessage(ready)
