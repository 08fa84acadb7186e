import type { Workbench } from '../../../state/store.ts'
import { witTexts } from '../../../state/selectors.ts'
import { monaco } from '../monaco.ts'
import type { AskWit } from './client.ts'
import { fileOf, rangeOf } from './places.ts'

/** A keystroke that is followed by another one within this time is not worth a question. Milliseconds. */
const pause = 150
/** Of a longer text the grammar's colours are enough. Characters. */
const longest = 200_000

/** Colours the names of types and functions in the WIT that is shown: the grammar cannot tell all of them. */
export function colourNames({ store }: Workbench, client: AskWit): void {
  const drawn = new WeakMap<monaco.editor.ITextModel, string[]>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function draw(model: monaco.editor.ITextModel): Promise<void> {
    const version = model.getVersionId()
    const isLong = model.getValueLength() > longest
    const found = isLong ? [] : await client.call('named', witTexts(store.getState().project), fileOf(model))
    // The next change asks again.
    if (!found || model.isDisposed() || model.getVersionId() !== version) return
    const decorations = found.map(({ kind, place }) => ({
      range: rangeOf(place),
      options: {
        inlineClassName: `wit-${kind}`,
        stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      },
    }))
    drawn.set(model, model.deltaDecorations(drawn.get(model) ?? [], decorations))
  }
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const models = new Set(monaco.editor.getEditors().map((editor) => editor.getModel()))
      for (const model of models) if (model?.getLanguageId() === 'wit') void draw(model)
    }, pause)
  }

  monaco.editor.onDidCreateEditor((editor) => {
    editor.onDidChangeModel(soon)
    editor.onDidChangeModelContent(soon)
  })
}
