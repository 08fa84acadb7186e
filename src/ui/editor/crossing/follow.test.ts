import { expect, it } from 'vitest'
import type { Renaming, SaidOfWit } from '../../../state/renamings.ts'
import { initialState } from '../../../state/state.ts'
import { follow, type Watched } from './follow.ts'

/** A text with a history, as Monaco's models have one. */
class Text implements Watched {
  reads = 0
  #listeners = new Set<Parameters<Watched['onDidChangeContent']>[0]>()
  #past: { text: string; version: number }[]
  #at = 0
  #last = 1

  constructor(text: string) {
    this.#past = [{ text, version: 1 }]
  }
  get listeners(): number {
    return this.#listeners.size
  }
  getValue(): string {
    this.reads += 1
    return this.#past[this.#at]?.text ?? ''
  }
  getAlternativeVersionId(): number {
    return this.#past[this.#at]?.version ?? 0
  }
  onDidChangeContent(listener: Parameters<Watched['onDidChangeContent']>[0]): { dispose(): void } {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }
  write(text: string, isFlush = false): void {
    this.#past = [...this.#past.slice(0, this.#at + 1), { text, version: ++this.#last }]
    this.#at += 1
    this.#tell({ isUndoing: false, isRedoing: false, isFlush })
  }
  undo(): void {
    this.#at -= 1
    this.#tell({ isUndoing: true, isRedoing: false, isFlush: false })
  }
  redo(): void {
    this.#at += 1
    this.#tell({ isUndoing: false, isRedoing: true, isFlush: false })
  }
  #tell(change: Parameters<Parameters<Watched['onDidChangeContent']>[0]>[0]): void {
    for (const listener of this.#listeners) listener(change)
  }
}

const renaming: Renaming = { world: { from: 'one', to: 'two' }, calls: [], values: undefined }

function following(model: Watched): () => string | undefined {
  let said: SaidOfWit = { ...initialState, project: { ...initialState.project, world: 'one' } }
  const project = {
    store: { getState: () => said },
    actions: { followRenaming: (next: SaidOfWit) => void (said = next) },
  }
  follow(project, model, 'world two', renaming)
  return () => said.project.world
}

it('follows a renaming, its undoing and its redoing, also with typing in between', () => {
  const model = new Text('world one')
  const world = following(model)
  model.write('world two')
  expect(world()).toBe('two')
  model.write('world two // ')
  model.write('world two // more')
  model.undo()
  model.undo()
  expect(world()).toBe('two')
  model.undo()
  expect(world()).toBe('one')
  model.redo()
  expect(world()).toBe('two')
  model.redo()
  expect(world()).toBe('two')
})

it('does not read the text at every keystroke', () => {
  const model = new Text('world one')
  following(model)
  model.write('world two')
  const { reads } = model
  for (let count = 0; count < 10; count += 1) model.write(`world two ${count}`)
  expect(model.reads).toBe(reads)
})

it.each<[string, (model: Text) => void]>([
  ['was not made', (model) => model.write('something else')],
  ['was undone and typed over', (model) => (model.write('world two'), model.undo(), model.write('something else'))],
  ['is of a text that is gone', (model) => (model.write('world two'), model.write('another project', true))],
])('lets go of a renaming that %s', (_, change) => {
  const model = new Text('world one')
  following(model)
  expect(model.listeners).toBe(1)
  change(model)
  expect(model.listeners).toBe(0)
})

it('waits for the renaming where something before it is undone first', () => {
  const model = new Text('world')
  model.write('world one')
  const world = following(model)
  model.undo()
  model.redo()
  expect(world()).toBe('one')
  model.write('world two')
  expect(world()).toBe('two')
})
