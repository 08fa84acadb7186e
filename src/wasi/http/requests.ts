import type { Budget, Share } from '../budget.ts'
import type { BodiesKit } from './bodies.ts'
import { refused } from './bodies.ts'
import { Family } from './family.ts'
import type { FieldsKit, FieldsObject } from './fields.ts'
import type { Inlet } from './inlet.ts'
import {
  contentLength,
  type Field,
  type Method,
  methodOf,
  type RequestHead,
  type Scheme,
  schemeOf,
  schemeText,
  methodText,
} from './message.ts'
import { createOutlet, type Outlet } from './outlet.ts'
import { isAuthority, isMethod, isPathWithQuery, isScheme } from './syntax.ts'

/** What the guest said with an `outgoing-request`. */
export interface SentRequest {
  readonly method: string
  readonly scheme: string | undefined
  readonly authority: string | undefined
  readonly path: string | undefined
  readonly fields: readonly Field[]
  /** Whether `body` was called. */
  readonly hasBody: boolean
  readonly outlet: Outlet
  /** It was passed on, or will never be: what it takes of the memory is free. */
  release(): void
}

/** Where a request goes, as far as the guest has said it. */
interface Target {
  readonly method: Method
  readonly path: string | undefined
  readonly scheme: Scheme | undefined
  readonly authority: string | undefined
}

const bytesOf = ({ method, path, scheme, authority }: Target): number =>
  [method.val, path, scheme?.val, authority].reduce((sum, text) => sum + 2 * (text?.length ?? 0), 0)

/** Nanoseconds; undefined: no limit. */
export interface Timeouts {
  readonly connect: bigint | undefined
  readonly firstByte: bigint | undefined
  readonly betweenBytes: bigint | undefined
}

/** The classes of requests of one run. */
export const createRequests = ({ view, take }: FieldsKit, { receive, send }: BodiesKit, memory: Budget) => {
  let receiveOf: (head: RequestHead, inlet: Inlet) => IncomingRequest
  let takeOf: (request: OutgoingRequest) => SentRequest
  let timeoutsOf: (options: RequestOptions) => Timeouts

  class IncomingRequest {
    #head: RequestHead
    #inlet: Inlet
    #family = new Family('incoming-request')
    #consumed = false
    constructor(head: RequestHead, inlet: Inlet) {
      this.#head = head
      this.#inlet = inlet
    }
    method(): Method {
      return methodOf(this.#head.method)
    }
    pathWithQuery(): string | undefined {
      return this.#head.path
    }
    scheme(): Scheme | undefined {
      return schemeOf(this.#head.scheme)
    }
    authority(): string | undefined {
      return this.#head.authority
    }
    headers(): FieldsObject {
      return view(this.#head.fields, this.#family.add('headers'))
    }
    consume(): object {
      if (this.#consumed) refused()
      this.#consumed = true
      return receive(this.#inlet)
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      if (!this.#consumed) this.#inlet.drop()
    }
    static {
      receiveOf = (head, inlet) => new IncomingRequest(head, inlet)
    }
  }

  class OutgoingRequest {
    #fields: readonly Field[]
    /** Of the fields; the target adds to it. */
    #share: Share
    #held: number
    #target: Target = { method: { tag: 'get' }, path: undefined, scheme: undefined, authority: undefined }
    #family = new Family('outgoing-request')
    #outlet: Outlet
    #hasBody = false
    constructor(headers: FieldsObject) {
      const { list, share } = take(headers)
      this.#fields = list
      this.#share = share
      this.#held = share.bytes
      const length = contentLength(list)
      this.#outlet = createOutlet(length === 'invalid' ? undefined : length, 'request', memory)
    }
    #aim(part: Partial<Target>): void {
      const target = { ...this.#target, ...part }
      if (!this.#share.set(this.#held + bytesOf(target))) refused()
      this.#target = target
    }
    #release(): void {
      this.#share.release()
      this.#outlet.discard()
    }
    body(): object {
      if (this.#hasBody) refused()
      this.#hasBody = true
      return send(this.#outlet)
    }
    method(): Method {
      return this.#target.method
    }
    setMethod(method: Method): void {
      if (!isMethod(methodText(method))) refused()
      this.#aim({ method })
    }
    pathWithQuery(): string | undefined {
      return this.#target.path
    }
    setPathWithQuery(path?: string): void {
      if (path !== undefined && !isPathWithQuery(path)) refused()
      this.#aim({ path })
    }
    scheme(): Scheme | undefined {
      return this.#target.scheme
    }
    setScheme(scheme?: Scheme): void {
      if (scheme !== undefined && !isScheme(schemeText(scheme))) refused()
      this.#aim({ scheme })
    }
    authority(): string | undefined {
      return this.#target.authority
    }
    setAuthority(authority?: string): void {
      if (authority !== undefined && !isAuthority(authority)) refused()
      this.#aim({ authority })
    }
    headers(): FieldsObject {
      return view(this.#fields, this.#family.add('headers'))
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      this.#release()
    }
    static {
      takeOf = (request) => {
        request.#family.leave('was sent')
        const { method, scheme, authority, path } = request.#target
        return {
          method: methodText(method),
          scheme: scheme && schemeText(scheme),
          authority,
          path,
          fields: request.#fields,
          hasBody: request.#hasBody,
          outlet: request.#outlet,
          release: () => request.#release(),
        }
      }
    }
  }

  class RequestOptions {
    #connect: bigint | undefined
    #firstByte: bigint | undefined
    #betweenBytes: bigint | undefined
    connectTimeout(): bigint | undefined {
      return this.#connect
    }
    setConnectTimeout(duration?: bigint): void {
      this.#connect = duration
    }
    firstByteTimeout(): bigint | undefined {
      return this.#firstByte
    }
    setFirstByteTimeout(duration?: bigint): void {
      this.#firstByte = duration
    }
    betweenBytesTimeout(): bigint | undefined {
      return this.#betweenBytes
    }
    setBetweenBytesTimeout(duration?: bigint): void {
      this.#betweenBytes = duration
    }
    static {
      timeoutsOf = (options) => ({
        connect: options.#connect,
        firstByte: options.#firstByte,
        betweenBytes: options.#betweenBytes,
      })
    }
  }

  return {
    IncomingRequest,
    OutgoingRequest,
    RequestOptions,
    receive: receiveOf!,
    /** The guest gave it away. Traps while its headers are still there. */
    take: takeOf!,
    timeouts: timeoutsOf!,
  }
}

export type RequestsKit = ReturnType<typeof createRequests>
