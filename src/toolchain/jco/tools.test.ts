import { describe, expect, it } from 'vitest'
import { loadTools } from './node.ts'
import { toolMessage } from './tools.ts'

const said = (payload: string) => toolMessage(Object.assign(new Error('ignored'), { payload }))

describe('what a tool says', () => {
  it('is its innermost cause, with all of it as detail', () => {
    expect(said('failed to encode\n\nCaused by:\n    0: failed to validate\n    1: the type is too large')).toEqual({
      message: 'the type is too large',
      detail: 'failed to encode\n\nCaused by:\n    0: failed to validate\n    1: the type is too large',
    })
    expect(said('ComponentError: no such world')).toMatchObject({ message: 'no such world' })
  })

  it('is nothing where the error is of another kind', () => {
    expect(toolMessage(new Error('a bug'))).toBeUndefined()
    expect(toolMessage(new WebAssembly.RuntimeError('unreachable'))).toBeUndefined()
    expect(toolMessage('text')).toBeUndefined()
  })

  it('is understood as the tools say it', async () => {
    const tools = await loadTools()
    const refused = (witSource: string, world?: string): string | undefined => {
      try {
        tools.componentEmbed({ dummy: true, witSource, ...(world ? { world } : {}) })
      } catch (error) {
        return toolMessage(error)?.message
      }
      return undefined
    }
    expect(refused('package a:b; world w { export run: func( }')).toMatch(/expected/i)
    expect(refused('package a:b; world w { }', 'other')).toMatch(/other/)
    expect(refused('package a:b; world w { use nothing.{x}; }')).toMatch(/nothing/)
  })
})
