import { expect, test } from 'vitest'
import { quickJsGuestEngine } from './quickjs/guest.ts'
import { findEngine } from './registry.ts'

test('an engine is found under the id that its other half has', () => {
  expect(findEngine(quickJsGuestEngine.id)).toMatchObject({ ok: true, value: { id: quickJsGuestEngine.id } })
})

test.each(['spidermonkey', 'constructor', ''])('an unknown engine is a fault that names the known ones: "%s"', (id) => {
  expect(findEngine(id)).toEqual({
    ok: false,
    fault: {
      stage: 'project',
      message: `There is no engine ${id}.`,
      next: `Choose one of these: ${quickJsGuestEngine.id}.`,
    },
  })
})
