import {
  parseHttpSettings,
  routeFaults,
  routeLimits,
  type HttpRoute,
  type RouteFault,
} from '../../../wasi/http/routes.ts'

/** A route as people write it. */
export interface RouteDraft {
  readonly method: string
  readonly url: string
  readonly answer: Answer
  readonly status: string
  /** A line each: `name: value`. */
  readonly headers: string
  readonly body: string
  /** In Base64: the body that is no text, as long as none is written in its place. */
  readonly bytes: string
  readonly delay: string
  readonly pace: string
}

export const answers = ['response', ...routeFaults, 'handler'] as const
export type Answer = (typeof answers)[number]

export const answerNames: Readonly<Record<Answer, string>> = {
  response: 'A response',
  refused: 'Connection refused',
  timeout: 'Timeout: nothing comes',
  reset: 'Reset in the middle',
  malformed: 'Malformed response',
  handler: 'This component’s own handler',
}

export const newRoute: HttpRoute = { url: 'https://api.example/*', status: 200 }

const isFault = (answer: Answer): answer is RouteFault => routeFaults.some((fault) => fault === answer)

export const hasBody = (answer: Answer): boolean => answer === 'response' || answer === 'reset'

export const draftOfRoute = (route: HttpRoute): RouteDraft => ({
  method: route.method ?? '',
  url: route.url,
  answer: route.handler ? 'handler' : (route.fault ?? 'response'),
  status: route.status === undefined ? '' : String(route.status),
  headers: Object.entries(route.headers ?? {})
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`))
    .join('\n'),
  body: typeof route.body === 'string' ? route.body : '',
  bytes: typeof route.body === 'object' ? route.body.base64 : '',
  delay: route.delay === undefined ? '' : String(route.delay),
  pace: route.pace === undefined ? '' : String(route.pace),
})

const headersOf = (text: string): Record<string, string | string[]> | string => {
  const headers: Record<string, string | string[]> = Object.create(null)
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return `A header is a line such as Content-Type: text/plain.`
    const before = headers[name]
    headers[name] = before === undefined ? value : [before, value].flat()
  }
  return headers
}

const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))

const fields = ['method', 'url', 'status', 'headers', 'body', 'delay', 'pace'] as const
type Field = (typeof fields)[number]

/** Why a draft is no route, and the field in which it is not; none: all of it together. */
export class DraftProblem {
  readonly message: string
  readonly field: Field | undefined
  constructor(message: string, field?: Field) {
    this.message = message
    this.field = field
  }
}

/** A draft that is no route yet gives the first problem. */
export const routeOfDraft = (draft: RouteDraft): HttpRoute | DraftProblem => {
  const { method, url, answer, status, body, bytes, delay, pace } = draft
  const headers = headersOf(draft.headers)
  if (typeof headers === 'string') return new DraftProblem(headers, 'headers')
  const [code, wait, step] = [numberOf(status), numberOf(delay), numberOf(pace)]
  const kept = body === '' && bytes !== '' ? { base64: bytes } : body
  const read = parseHttpSettings({
    routes: [
      {
        ...(method !== '' && { method }),
        url: url.trim(),
        // A fault has no use for them; who takes it back has its answer again.
        ...(code !== undefined && { status: code }),
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(kept !== '' && { body: kept }),
        ...(wait !== undefined && { delay: wait }),
        ...(step !== undefined && { pace: step }),
        ...(isFault(answer) && { fault: answer }),
        ...(answer === 'handler' && { handler: true }),
      },
    ],
  })
  if (typeof read === 'string') {
    const said = read.replace(/^http\.routes\[0\]\.?/, '')
    return new DraftProblem(
      `The ${said}.`,
      fields.find((field) => new RegExp(`^${field}\\b`).test(said)),
    )
  }
  return read.routes[0] ?? new DraftProblem('There is no route.')
}

/** Why a project cannot hold this route beside as many others, or `undefined`. */
export const routeProblem = (route: HttpRoute, others: number): string | undefined => {
  if (others >= routeLimits.routes) return `A project holds up to ${routeLimits.routes} routes.`
  const read = parseHttpSettings({ routes: [route] })
  return typeof read === 'string' ? `${read.replace(/^http\.routes\[0\]\.?/, 'Its ')}.` : undefined
}

/** The routes with those of `added` that a project can hold, and what to say of it. */
export const withRoutes = (
  routes: readonly HttpRoute[],
  added: readonly HttpRoute[],
): { readonly routes: readonly HttpRoute[]; readonly said: string } => {
  const all = [...routes]
  const problems: string[] = []
  for (const route of added) {
    const problem = routeProblem(route, all.length)
    if (problem === undefined) all.push(route)
    else problems.push(problem)
  }
  const count = all.length - routes.length
  const said = count === 1 ? 'Added a route.' : `Added ${count} routes.`
  const [why] = problems
  return { routes: all, said: why === undefined ? said : `${said} Left out ${problems.length}: ${why}` }
}

/** What a route answers with, in a few words. */
export const answerText = ({ handler, fault, status = 200, delay }: HttpRoute): string => {
  const what = handler ? 'own handler' : (fault ?? String(status))
  return delay === undefined || handler ? what : `${what} after ${delay} ms`
}
