import type { FromSandbox, ToSandbox } from '../protocol.ts'
import type { GuestEngine } from './guest-engine.ts'
import type { FrameWatch } from './frame-watch.ts'
import { createSession } from './session.ts'

/** A snapshot and a recording are made for the page alone, and not needed here any more. */
const transferred = (message: FromSandbox): ArrayBuffer[] => {
  if (message.type !== 'answer') return []
  const { answer } = message
  if (answer.type === 'snapshot') return buffersOf(answer.value)
  if (answer.type !== 'recording') return []
  const { readings, entropy, calls } = answer.value
  return buffersOf(readings.at, readings.values, entropy, calls)
}

const buffersOf = (...views: readonly ArrayBufferView[]): ArrayBuffer[] =>
  views.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))

/**
 * Takes the port that the frame hands over and serves the page on it. The frame sends one message with the port and
 * nothing after it.
 */
export const serveRuns = (engines: Readonly<Record<string, GuestEngine>>, frame: FrameWatch): void => {
  globalThis.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      const [port] = event.ports
      if (port === undefined) return
      const session = createSession({
        engines,
        frame,
        post: (message) => port.postMessage(message, transferred(message)),
      })
      // The page is the trusted side of this channel: its messages are taken as they are.
      port.addEventListener('message', (message: MessageEvent<ToSandbox>) => session.receive(message.data))
      port.start()
    },
    { once: true },
  )
}
