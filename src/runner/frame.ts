import { deferred } from './deferred.ts'

/** The page's end of the channel, as far as it is used. */
export interface SandboxPort {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(type: 'message' | 'messageerror', listener: (event: { readonly data: unknown }) => void): void
  start(): void
  close(): void
}

/** The sandbox's document and the one channel into it. */
export interface SandboxFrame {
  /** The page's end of the port, when the frame has said that it is ready; rejects where the frame refuses or fails. */
  readonly port: Promise<SandboxPort>
  /** Why the worker did not come up, where the frame noticed. Only heard until `settle`. */
  onFailure: ((reason: string) => void) | undefined
  /** The worker has spoken: from now on no window message is listened to. */
  settle(): void
  /** Ends everything in the frame at once, whatever it is doing. */
  remove(): void
}

export type OpenFrame = () => SandboxFrame

export interface FrameOptions {
  /** Address of the sandbox document. On another site than the page it gets a process of its own in every browser. */
  readonly url: string
  /** The text of the guest worker. */
  readonly workerSource: () => Promise<string>
  readonly document?: Document
}

/** Milliseconds from the load of the document to its first message, which is sent before that. */
const silence = 250

const isFrameMessage = (data: unknown): data is { type: unknown; detail?: unknown } =>
  typeof data === 'object' && data !== null && 'witcraft' in data && data.witcraft === 'sandbox' && 'type' in data

/**
 * Puts a hidden frame into the page. Its origin is opaque, so that `event.origin` says "null" for anybody: the window
 * itself is what is compared. The frame's document runs a fixed script; guest code only ever runs in its worker.
 */
export const openFrame = ({ url, workerSource, document = globalThis.document }: FrameOptions): SandboxFrame => {
  const element = document.createElement('iframe')
  // Before `src`: the flags count when the document is loaded.
  element.setAttribute('sandbox', 'allow-scripts')
  element.setAttribute('allow', '')
  element.referrerPolicy = 'no-referrer'
  element.title = 'Sandbox'
  element.tabIndex = -1
  element.setAttribute('aria-hidden', 'true')
  element.style.display = 'none'
  element.src = url

  const page = document.defaultView
  if (page === null) throw new Error('A sandbox needs a document that is shown')
  const { promise: port, resolve, reject } = deferred<SandboxPort>()
  let handed = false
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source === null || event.source !== element.contentWindow || !isFrameMessage(event.data)) return
    const { type, detail } = event.data
    if (type === 'ready' && !handed) {
      handed = true
      workerSource().then((source) => {
        const channel = new MessageChannel()
        // The origin is opaque and cannot be named: "*" is the only way, and the source text is no secret.
        element.contentWindow?.postMessage(source, '*', [channel.port2])
        resolve(channel.port1)
      }, reject)
    } else if (type === 'refused') {
      reject(new Error('the sandbox document does not have an opaque origin'))
    } else if (type === 'failed') {
      frame.onFailure?.(String(detail).slice(0, 1000))
    }
  }
  const frame: SandboxFrame = {
    port,
    onFailure: undefined,
    settle: () => page.removeEventListener('message', onMessage),
    remove: () => {
      page.removeEventListener('message', onMessage)
      element.remove()
    },
  }
  page.addEventListener('message', onMessage)
  // An error page loads as well, and says nothing: without a network there is no use in waiting for more.
  element.addEventListener('load', () => {
    setTimeout(() => handed || reject(new Error('the sandbox document did not arrive')), silence)
  })
  document.body.append(element)
  return frame
}
