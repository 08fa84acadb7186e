import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Fault } from '../contract/fault.ts'
import { Message, plainFault, Prose } from './prose.tsx'

const drawn = (text: string): string => renderToStaticMarkup(createElement(Prose, { text }))
const fault: Fault = { stage: 'wit', message: 'After `world` comes a name.', next: 'Write `world name`.' }

it('shows what is marked as code as code, and no marks', () => {
  expect(drawn('After `interface` comes `{`.')).toBe('After <code>interface</code> comes <code>{</code>.')
  expect(plainFault(fault)).toBe("After 'world' comes a name. Write 'world name'.")
})

it('leaves a mark that is alone', () => {
  for (const text of ['A ` stands here.', 'One ` here\nand ` there.', '']) expect(drawn(text)).toBe(text)
})

it('changes nothing of what the guest says', () => {
  const thrown: Fault = { ...fault, stage: 'call', message: 'greet threw: `a` is empty' }
  expect(renderToStaticMarkup(createElement(Message, { fault: thrown }))).toBe(thrown.message)
  expect(plainFault(thrown)).toBe("greet threw: `a` is empty. Write 'world name'.")
})
