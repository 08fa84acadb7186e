import { describe, expect, it } from 'vitest'
import { parseHttpSettings, routeLimits, type HttpRoute } from '../../../wasi/http/routes.ts'
import { answers, DraftProblem, draftOfRoute, newRoute, routeOfDraft, withRoutes } from './route-model.ts'

describe('a route as it is written', () => {
  const route: HttpRoute = { url: 'https://a.example/', status: 201, headers: { 'X-A': ['1', '2'] }, body: 'text' }
  const bytes: HttpRoute = { url: 'https://a.example/', body: { base64: 'AP8=' } }

  it('is the same again', () => {
    for (const each of [route, bytes]) expect(routeOfDraft(draftOfRoute(each))).toEqual(each)
  })

  it('has its answer again after it was a fault for a while', () => {
    for (const each of [route, bytes]) {
      const draft = draftOfRoute(each)
      for (const answer of answers.filter((other) => other !== 'response')) {
        const route = routeOfDraft({ ...draft, answer })
        if (route instanceof DraftProblem) throw new Error(route.message)
        expect(route).toMatchObject(answer === 'handler' ? { handler: true } : { fault: answer })
        // Also for somebody who comes back to it.
        expect(routeOfDraft({ ...draftOfRoute(route), answer: 'response' })).toEqual(each)
      }
    }
    expect(routeOfDraft({ ...draftOfRoute(bytes), body: 'text instead' })).toMatchObject({ body: 'text instead' })
  })
})

it('a route that is none says in which field', () => {
  const draft = draftOfRoute(newRoute)
  const problem = (patch: Partial<typeof draft>): unknown => routeOfDraft({ ...draft, ...patch })
  expect(problem({ status: '99' })).toMatchObject({
    field: 'status',
    message: 'The status is not a whole number from 200 to 599.',
  })
  expect(problem({ delay: 'soon' })).toMatchObject({ field: 'delay', message: expect.stringContaining('delay') })
  expect(problem({ pace: '-1' })).toMatchObject({ field: 'pace' })
  expect(problem({ url: '' })).toMatchObject({ field: 'url' })
  expect(problem({ headers: 'no colon' })).toMatchObject({ field: 'headers' })
  for (const patch of [{ status: '99' }, { headers: 'x' }]) expect(problem(patch)).toBeInstanceOf(DraftProblem)
})

describe('routes that are added', () => {
  const route: HttpRoute = { url: 'https://a.example/' }
  const isOpenable = (routes: readonly HttpRoute[]): boolean => typeof parseHttpSettings({ routes }) !== 'string'

  it('are those that a project can be opened with again', () => {
    const added: HttpRoute[] = [
      route,
      { url: `https://a.example/${'x'.repeat(routeLimits.url)}` },
      { ...route, body: 'x'.repeat(routeLimits.body + 1) },
      { ...route, headers: { a: 'x\ny' } },
    ]
    const { routes, said } = withRoutes([], added)
    expect(routes).toEqual([route])
    expect(isOpenable(routes)).toBe(true)
    expect(said).toBe('Added a route. Left out 3: Its url is longer than 4096 characters.')
  })

  it('are as many as there is room for', () => {
    const many = Array.from({ length: routeLimits.routes - 1 }, () => route)
    const { routes, said } = withRoutes(many, [route, route, route])
    expect(routes).toHaveLength(routeLimits.routes)
    expect(isOpenable(routes)).toBe(true)
    expect(said).toBe('Added a route. Left out 2: A project holds up to 200 routes.')
  })
})
