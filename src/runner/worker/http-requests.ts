import type { World } from '../../component/types.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import { errorText } from '../../wasi/http/error-code.ts'
import { requestMistake, type Field, type RequestHead } from '../../wasi/http/message.ts'
import type { WasiHost } from '../../wasi/host.ts'
import type { Awaitable } from '../../wasi/waiting.ts'
import { cutText } from '../fit-to-caps.ts'
import type { HttpReport, HttpRequest, TextField } from '../http.ts'
import { caps } from '../protocol.ts'
import { findExport, type Callable } from './exports.ts'
import { textFields, type HttpFeed } from './http-feed.ts'

/** An instance that answers one request. */
export interface HandlerInstance {
  readonly root: unknown
  readonly memoryBytes: number
  /** Why it ended, by what it threw. */
  ended(path: string, thrown: unknown): Fault
}

export interface HttpServingOptions {
  readonly world: World
  readonly host: () => WasiHost
  readonly feed: HttpFeed
  /**
   * Another instance of the component, made at once. One for the component itself runs through, since the instance that
   * asks is in the middle of a call; one for a request from outside may wait.
   */
  readonly instance: (by: Asker) => Outcome<HandlerInstance>
  /** Around the call of an export, for the trace. */
  readonly around: <T>(by: Asker, path: string, args: readonly unknown[], work: () => T) => T
}

/** Who asks a handler. */
export type Asker = 'component' | 'outside'

/** Without its time, which is for whoever knows how long the guest waited. */
export type Answered = Omit<HttpReport, 'ms'>

export interface HttpServing {
  /** For the host: has the component's own handler answer a request of the component; says why it ended. */
  serve(request: object, out: object): string | undefined
  /** `number`: what the page calls the request. A promise where the handler can wait. */
  respond(number: number, request: HttpRequest): Awaitable<Outcome<Answered>>
}

const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6))
const encoder = new TextEncoder()
const fieldsOf = (fields: readonly TextField[]): Field[] => fields.map(([name, value]) => [name, encoder.encode(value)])

/** The interface that a handler is exported as; undefined where the world has none. */
export const handlerOf = (world: World): string | undefined =>
  world.exports.find((item) => item.kind === 'interface' && /^wasi:http\/incoming-handler@0\.2(\.|$)/.test(item.name))
    ?.name

const headOf = ({ method, scheme = 'http', authority, path, headers, body }: HttpRequest): RequestHead => {
  const given = (name: string): string | undefined => headers.find(([own]) => own.toLowerCase() === name)?.[1]
  const [only] = body
  // What is sent in one piece has a length that is known.
  const measured = only !== undefined && body.length === 1 && given('content-length') === undefined
  return {
    method,
    scheme,
    authority: authority ?? given('host') ?? 'localhost',
    path: path === '' ? '/' : path,
    fields: fieldsOf(measured ? [...headers, ['content-length', String(only.bytes.length)]] : headers),
  }
}

export const createHttpServing = ({ world, host, feed, instance, around }: HttpServingOptions): HttpServing => {
  const handler = handlerOf(world)
  const path = `${handler}#handle`

  const handleOf = ({ root }: HandlerInstance): Callable | undefined => findExport(root, handler, 'handle')

  return {
    serve: (request, out) => {
      const made = instance('component')
      if (!made.ok) return made.fault.message
      const handle = handleOf(made.value)
      if (handle === undefined) return noHandler.message
      try {
        around('component', path, [request, out], () => handle([request, out]))
        return undefined
      } catch (thrown) {
        return made.value.ended(path, thrown).message
      }
    },
    respond: (number, request) => {
      if (handler === undefined) return fail(noHandler)
      const head = headOf(request)
      const mistake = requestMistake(head)
      if (mistake !== undefined) {
        return fail({ stage: 'call', message: mistake, next: 'Mend it, and send again.' })
      }
      const world = host()
      feed.begin(number)
      const started = world.instant
      const calls = world.gate.calls
      let status: number | undefined
      let failed: { error: string; why?: string } | undefined
      const incoming = world.incoming(head, {
        informational: (given) =>
          feed.tell({
            type: 'informational',
            at: world.instant,
            status: given.status,
            fields: textFields(given.fields),
          }),
        head: (given) => {
          ;({ status } = given)
          feed.tell({ type: 'head', at: world.instant, status, fields: textFields(given.fields) })
        },
        chunk: (bytes) => feed.body(world.instant, bytes),
        end: (end) => {
          if (!end.ok)
            failed = {
              error: cutText(errorText(end.code), 4096),
              ...(end.why !== undefined && { why: cutText(end.why, caps.text) }),
            }
          const trailers = end.ok ? end.trailers && textFields(end.trailers) : undefined
          feed.tell({ type: 'end', at: world.instant, ...(trailers && { trailers }), ...failed })
        },
      })
      let at = started
      for (const part of request.body) incoming.body.push(part.bytes, (at += nanoseconds(part.after)))
      incoming.body.finish({ ok: true, trailers: request.trailers && fieldsOf(request.trailers) }, at)
      const report = (fault?: Fault, made?: HandlerInstance): Outcome<Answered> => {
        incoming.returned(fault?.message)
        feed.flush()
        return succeed({
          ...(status !== undefined && { status }),
          ...failed,
          ...(fault && { fault }),
          size: feed.size,
          from: started,
          to: world.instant,
          memoryBytes: made?.memoryBytes ?? 0,
          boundaryCalls: world.gate.calls - calls,
        })
      }
      incoming.begin()
      const made = instance('outside')
      if (!made.ok) return report(made.fault)
      const handle = handleOf(made.value)
      if (handle === undefined) return report(noHandler, made.value)
      const returned = (): Outcome<Answered> => report(undefined, made.value)
      const ended = (thrown: unknown): Outcome<Answered> => report(made.value.ended(path, thrown), made.value)
      const args = [incoming.request, incoming.out]
      try {
        const value = around('outside', path, args, () => handle(args))
        return value instanceof Promise ? value.then(returned, ended) : returned()
      } catch (thrown) {
        return ended(thrown)
      }
    },
  }
}

const noHandler: Fault = {
  stage: 'call',
  message: 'This world does not export wasi:http/incoming-handler: there is nothing to send a request to.',
  next: 'Add `export wasi:http/incoming-handler@0.2.12;` to the world.',
}
