import type { FromSandbox, ToSandbox } from '../protocol.ts'
import type { GuestEngine } from './guest-engine.ts'
import type { FrameWatch } from './frame-watch.ts'
import { createSession } from './session.ts'

/** A snapshot is made for the page alone, and not needed here any more. */
const transferred = (message: FromSandbox): ArrayBuffer[] =>
  message.type === 'answer' && message.answer.type === 'snapshot' && message.answer.value.buffer instanceof ArrayBuffer
    ? [message.answer.value.buffer]
    : []

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
