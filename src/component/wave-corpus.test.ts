import { beforeAll, describe, expect, it } from 'vitest'
import { parseCall, printCall } from './call-expression.ts'
import { decodeWorld } from './decode-world.ts'
import { hasCorpora, listCorpus, readCorpus } from './testing/corpora.ts'
import { loadWasmTools } from './testing/wasm-tools.ts'
import type { World } from './types.ts'

const directory = 'wave/ui'
const isComment = (line: string): boolean => line.startsWith('//')

/** Calls end with a semicolon at the end of a line; lines of comments in front of one are about the test. */
function calls(file: string): string[] {
  const text = readCorpus(`${directory}/${file}`).trimEnd().replace(/;$/, '')
  return text.split(';\n').map((call) => call.replace(/^(?:\/\/[^\n]*\n)+/, ''))
}

describe.skipIf(!hasCorpora)('WAVE corpus', () => {
  let world: World

  beforeAll(async () => {
    const tools = await loadWasmTools()
    const witSource = `${readCorpus(`${directory}/ui.wit`)}\nworld corpus { export ui; }`
    world = decodeWorld(tools.componentEmbed({ witSource, dummy: true }))
  })

  const files = listCorpus(directory).filter((file) => file.endsWith('.waves'))

  it.each(files.filter((file) => file.startsWith('accept-')))('%s', (file) => {
    // What it means: calls with the parameter's name in front of its value.
    const meanings = readCorpus(`${directory}/${file.replace('.waves', '.out')}`)
      .trimEnd()
      .split('\n')
      .filter((line) => !isComment(line))
    const texts = calls(file)
    expect(texts.length).toBe(meanings.length)
    for (const [index, text] of texts.entries()) {
      const outcome = parseCall(text, world)
      if (!outcome.ok) throw new Error(`${text}: ${outcome.error.message}`)
      const meaning = parseCall((meanings[index] ?? '').replace(/\([a-z]+: /, '('), world)
      if (!meaning.ok) throw new Error(`${meanings[index]}: ${meaning.error.message}`)
      // The meanings show f32 with fewer digits.
      if (!text.includes('e-45')) expect(outcome.call.args, text).toStrictEqual(meaning.call.args)
      const again = parseCall(printCall(outcome.call), world)
      expect(again.ok && again.call.args).toStrictEqual(outcome.call.args)
    }
  })

  it.each(files.filter((file) => file.startsWith('reject-')))('%s', (file) => {
    for (const text of calls(file)) {
      const outcome = parseCall(text, world)
      expect(outcome.ok, text).toBe(false)
      if (!outcome.ok) expect(outcome.error.message).toMatch(/^[A-Z“].*[.?]$/s)
    }
  })
})
