import { expect, test } from 'vitest'
import { plainOutput } from './output-text.ts'

test('what is copied reads as it is drawn', () => {
  const pieces = [
    { stream: 'stdout', phase: 'run', text: 'Name? ' },
    { stream: 'stdin', phase: 'run', text: 'Ada\n' },
    { stream: 'stdout', phase: 'run', text: '\u001b[32mok\u001b[0m 1%\r\u001b[32mok\u001b[0m 2%\r\nend\n' },
  ] as const
  expect(plainOutput({ pieces, length: 0, bytes: 0, dropped: 0 })).toBe('Name? Ada\nok 2%\nend\n')
})

test('what was typed to the end of input stands on a line of its own', () => {
  const pieces = [
    { stream: 'stdin', phase: 'run', text: 'no newline' },
    { stream: 'stdout', phase: 'run', text: '1 2\n' },
  ] as const
  expect(plainOutput({ pieces, length: 0, bytes: 0, dropped: 0 })).toBe('no newline\n1 2\n')
})
