import type { HttpRequest, TextField } from '../src/runner/http.ts'

/** What the goldens of the examples are made with besides their saved calls: see determinism.test.ts. */

const bytes = new TextEncoder().encode('make it loud')

const request = (method: string, path: string, body: HttpRequest['body'] = []): HttpRequest => ({
  method,
  path,
  headers: [],
  body,
})

/** Of worlds that answer requests and have no program: sent one after the other to the same run. */
export const exampleRequests: Readonly<Record<string, readonly HttpRequest[]>> = {
  'http-handler': [
    request('GET', '/'),
    request('GET', '/hello/Ada'),
    request('GET', '/slowly'),
    request('POST', '/shout', [{ after: 0, bytes }]),
    request('GET', '/nowhere'),
  ],
}

/** The calls that end in a fault because the example is there to show one. Any other fault is a broken example. */
export const announcedFaults: ReadonlySet<string> = new Set(['demo:results/percent#explode(3)'])

export const nameOfRequest = ({ method, path }: HttpRequest): string => `${method} ${path}`

/** A response as the goldens hold it. */
export interface AnswerParts {
  readonly status: number
  readonly fields: readonly TextField[]
  readonly body: string
  readonly trailers: readonly TextField[]
}

export const answerText = ({ status, fields, body, trailers }: AnswerParts): string => {
  const lines = (list: readonly TextField[]): string => list.map(([name, value]) => `${name}: ${value}\n`).join('')
  return `${status}\n${lines(fields)}\n${body}\n${lines(trailers)}`
}
