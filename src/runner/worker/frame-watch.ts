/**
 * Removing the frame ends this worker at once where it waits for messages. Where the guest computes, Chromium lets it go
 * on for two seconds before it uses force (`kForcibleTerminationDelay` in its worker_thread.cc), and that long it takes
 * a processor from whoever runs next. There is one thing that tells a worker of the frame's end without a return to its
 * event loop: a script of its own cannot be loaded any more. So it is asked for one now and then.
 */
export interface FrameWatch {
  /** A request begins: whoever sent it was there a moment ago. */
  begin(): void
  /** Called often; throws `FrameGone` soon after the frame is gone. */
  check(): void
}

/** Ends what runs in a worker that nobody listens to any more. */
export class FrameGone extends Error {
  override readonly name = 'FrameGone'
}

export interface FrameWatchOptions {
  /** Milliseconds. */
  readonly now: () => number
  /** Loads an empty script; throws where the frame is gone. */
  readonly load: () => void
}

/** Milliseconds between two questions. */
const askEvery = 50
/** No more of the guest's time than one part in so many goes into asking. */
const share = 30

export const createFrameWatch = ({ now, load }: FrameWatchOptions): FrameWatch => {
  let next = Number.POSITIVE_INFINITY
  try {
    load()
  } catch {
    // A browser that cannot load it while the frame is there says nothing by it later on either.
    return { begin() {}, check() {} }
  }
  return {
    begin: () => {
      next = now() + askEvery
    },
    check: () => {
      const from = now()
      if (from < next) return
      try {
        load()
      } catch {
        throw new FrameGone('The frame of this worker is gone')
      }
      const to = now()
      next = to + Math.max(askEvery, (to - from) * share)
    },
  }
}

// As it was before the lockdown, which takes it away from everybody else.
const importScripts: unknown = Reflect.get(globalThis, 'importScripts')

const noLoad = (): never => {
  throw new TypeError('This worker loads no scripts')
}

/** Watches the frame of the worker that this runs in. */
export const watchFrame = (): FrameWatch => {
  const url = URL.createObjectURL(new Blob([], { type: 'text/javascript' }))
  const load = typeof importScripts === 'function' ? importScripts.bind(globalThis, url) : noLoad
  return createFrameWatch({ now: () => performance.now(), load })
}
