import { methods, type Reply, type Request } from './protocol.ts'

const answer = ({ id, method, parameters }: Request): Reply => {
  try {
    return { id, value: methods[method](...parameters) }
  } catch (error) {
    return { id, error: String(error) }
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => postMessage(answer(data)))
