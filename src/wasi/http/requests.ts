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
}

/** Nanoseconds; undefined: no limit. */
export interface Timeouts {
  readonly connect: bigint | undefined
  readonly firstByte: bigint | undefined
  readonly betweenBytes: bigint | undefined
}

/** The classes of requests of one run. */
export const createRequests = ({ view, take }: FieldsKit, { receive, send }: BodiesKit) => {
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
    }
    static {
      receiveOf = (head, inlet) => new IncomingRequest(head, inlet)
    }
  }

  class OutgoingRequest {
    #fields: readonly Field[]
    #method: Method = { tag: 'get' }
    #path: string | undefined
    #scheme: Scheme | undefined
    #authority: string | undefined
    #family = new Family('outgoing-request')
    #outlet: Outlet
    #hasBody = false
    constructor(headers: FieldsObject) {
      this.#fields = take(headers)
      const length = contentLength(this.#fields)
      this.#outlet = createOutlet(length === 'invalid' ? undefined : length, (size) => ({
        tag: 'HTTP-request-body-size',
        val: size,
      }))
    }
    body(): object {
      if (this.#hasBody) refused()
      this.#hasBody = true
      return send(this.#outlet)
    }
    method(): Method {
      return this.#method
    }
    setMethod(method: Method): void {
      if (!isMethod(methodText(method))) refused()
      this.#method = method
    }
    pathWithQuery(): string | undefined {
      return this.#path
    }
    setPathWithQuery(path?: string): void {
      if (path !== undefined && !isPathWithQuery(path)) refused()
      this.#path = path
    }
    scheme(): Scheme | undefined {
      return this.#scheme
    }
    setScheme(scheme?: Scheme): void {
      if (scheme !== undefined && !isScheme(schemeText(scheme))) refused()
      this.#scheme = scheme
    }
    authority(): string | undefined {
      return this.#authority
    }
    setAuthority(authority?: string): void {
      if (authority !== undefined && !isAuthority(authority)) refused()
      this.#authority = authority
    }
    headers(): FieldsObject {
      return view(this.#fields, this.#family.add('headers'))
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
    }
    static {
      takeOf = (request) => {
        request.#family.leave('was sent')
        return {
          method: methodText(request.#method),
          scheme: request.#scheme && schemeText(request.#scheme),
          authority: request.#authority,
          path: request.#path,
          fields: request.#fields,
          hasBody: request.#hasBody,
          outlet: request.#outlet,
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
