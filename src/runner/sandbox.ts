import { fail, succeed, type Fault, type Outcome } from '../contract/fault.ts'
import { deferred } from './deferred.ts'
import type { SandboxFrame, SandboxPort } from './frame.ts'
import { parseFromSandbox } from './parse-from-sandbox.ts'
import {
  atOnce,
  protocolVersion,
  type FromSandbox,
  type Request,
  type SubjectMessage,
  type ToSandbox,
} from './protocol.ts'
import type { RunSubject } from './runner.ts'

/** One frame with its worker, from the page's side. It is used for one project, and dies once. */
export interface Sandbox {
  /** When the frame was opened, by `performance.now`. */
  readonly openedAt: number
  /** Settles when the worker has spoken, with the milliseconds from the start of the frame, or when it cannot. */
  readonly booted: Promise<Outcome<number>>
  /** Whether the worker has spoken already. */
  readonly ready: boolean
  readonly alive: boolean
  /** Which project's code the sandbox has seen; undefined while it has seen none. */
  project: string | undefined
  /**
   * How many worlds it was told to load, each for every memory limit: the engine and the glue of each stay loaded for as
   * long as the sandbox lives.
   */
  readonly worlds: number
  onMessage: ((message: FromSandbox) => void) | undefined
  /** The sandbox did what no sandbox of ours does. It is dead by then. */
  onBreach: ((fault: Fault) => void) | undefined
  /** What cannot be sent ends the sandbox. */
  send(message: ToSandbox): void
  /** The subject without what this sandbox has had already, to be loaded for that memory limit and kind of run. */
  subject(subject: RunSubject, memoryMiB: number, suspends: boolean): SubjectMessage
  kill(): void
}

export interface SandboxTiming {
  /** Milliseconds from the frame to the worker's first message. */
  readonly boot: number
  /** Messages in a second, beyond what the requests explain, before the sandbox is taken for hostile. */
  readonly messagesPerSecond: number
}

export const sandboxTiming: SandboxTiming = { boot: 15_000, messagesPerSecond: 5_000 }

/** What is left over at the end of a request: a last message for each stream, and what was dropped. */
const lastMessages = 8
const joinedKiB = 64

/** Messages that an honest sandbox may send because of a request, beside those that it sends as time goes by. */
const unaskedFor = (message: Request): number =>
  atOnce.beats +
  lastMessages +
  (message.type === 'start' ? atOnce.output + Math.ceil(message.limits.outputKiB / joinedKiB) : 0)

const breach = (what: string): Fault => ({
  stage: 'lost',
  message: `The sandbox ${what}. It was ended.`,
  next: 'Run again: the next run starts in another sandbox.',
})

export const openSandbox = (frame: SandboxFrame, timing: SandboxTiming = sandboxTiming): Sandbox => {
  const openedAt = performance.now()
  const sent = { images: new Set<string>(), worlds: new Set<string>(), loads: new Set<string>() }
  /** Requests that are not answered yet. */
  let asked = 0
  let port: SandboxPort | undefined
  let alive = true
  let greeted = false
  const { promise: booted, resolve: settle } = deferred<Outcome<number>>()
  const waiting: ToSandbox[] = []
  let window = { since: 0, messages: 0 }

  const kill = (): void => {
    if (!alive) return
    alive = false
    clearTimeout(bootTimer)
    // Removing the frame stops its worker at once, where ending the worker may take seconds.
    frame.remove()
    port?.close()
    settle(fail(breach('was ended before it was ready')))
  }
  const refuse = (reason: string): void => {
    settle(
      fail({
        stage: 'lost',
        message: 'The sandbox did not start.',
        next: 'Check the connection and run again. What you wrote stays as long as the page is not reloaded.',
        detail: reason,
      }),
    )
    kill()
  }
  const offend = (what: string): void => {
    if (!alive) return
    kill()
    sandbox.onBreach?.(breach(what))
  }
  const bootTimer = setTimeout(() => refuse('no answer from the sandbox document'), timing.boot)

  const receive = (data: unknown): void => {
    if (!alive) return
    const message = parseFromSandbox(data)
    if (message === undefined) return offend('sent a message that is not understood')
    if (message.type === 'answer' && asked > 0) asked--
    else {
      const now = performance.now()
      if (now - window.since > 1000) window = { since: now, messages: 0 }
      if (++window.messages > timing.messagesPerSecond) return offend('sent too many messages')
    }
    if (message.type !== 'hello') {
      sandbox.onMessage?.(message)
      return
    }
    if (greeted) return
    greeted = true
    clearTimeout(bootTimer)
    frame.settle()
    if (message.version !== protocolVersion) return refuse('page and sandbox are of different versions')
    settle(succeed(performance.now() - openedAt))
  }

  const post = (to: SandboxPort, message: ToSandbox): void => {
    try {
      to.postMessage(message, [])
    } catch {
      offend('could not be told what to do')
    }
  }

  frame.onFailure = refuse
  frame.port.then(
    (opened) => {
      if (!alive) return opened.close()
      port = opened
      opened.addEventListener('message', (event) => receive(event.data))
      opened.addEventListener('messageerror', () => offend('sent a message that cannot be read'))
      opened.start()
      for (const message of waiting.splice(0)) post(opened, message)
    },
    (error: unknown) => refuse(String(error)),
  )

  const sandbox: Sandbox = {
    openedAt,
    booted,
    get ready() {
      return greeted
    },
    get alive() {
      return alive
    },
    project: undefined,
    get worlds() {
      return sent.loads.size
    },
    onMessage: undefined,
    onBreach: undefined,
    send: (message) => {
      if (!alive) return
      if ('id' in message && 'run' in message) {
        asked++
        // Many short requests in a second bring many messages, and are no flood.
        window.messages -= unaskedFor(message)
      }
      if (port) post(port, message)
      else waiting.push(message)
    },
    subject: ({ engine, imageKey, image, preparedKey, prepared, source }, memoryMiB, suspends) => {
      const hasImage = sent.images.has(imageKey)
      const hasWorld = sent.worlds.has(preparedKey)
      sent.images.add(imageKey)
      sent.worlds.add(preparedKey)
      sent.loads.add(`${preparedKey} ${memoryMiB} ${suspends}`)
      return {
        engine,
        imageKey,
        preparedKey,
        source,
        ...(hasImage ? {} : { image }),
        ...(hasWorld ? {} : { prepared }),
      }
    },
    kill,
  }
  return sandbox
}
