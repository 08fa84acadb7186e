import { methods, type Answer, type Call, type Method, type Reply, type Request } from './protocol.ts'

// One case for each method: that is how the types of the parameters are known to fit.
const perform = (call: Call): Answer<Method> | Promise<Answer<Method>> => {
  switch (call.method) {
    case 'format':
      return methods.format(...call.parameters)
    case 'outline':
      return methods.outline(...call.parameters)
    case 'definition':
      return methods.definition(...call.parameters)
    case 'completions':
      return methods.completions(...call.parameters)
    case 'hover':
      return methods.hover(...call.parameters)
    case 'mendable':
      return methods.mendable(...call.parameters)
    case 'references':
      return methods.references(...call.parameters)
    case 'renamable':
      return methods.renamable(...call.parameters)
    case 'rename':
      return methods.rename(...call.parameters)
  }
}

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
