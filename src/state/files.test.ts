import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseProject } from '../project/parse.ts'
import { isProjectPath } from '../project/paths.ts'
import type { Project } from '../project/project.ts'
import type { IncomingFile } from './incoming-files.ts'
import { projectPaths, holdsWork } from './selectors.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices } from './testing/fakes.ts'

let workbench: Workbench
const state = () => workbench.store.getState()
const actions = () => workbench.actions
const files = () => Object.keys(state().project.files).toSorted()

const project: Project = {
  schema: 1,
  name: 'shop',
  files: {
    'world.wit': 'world shop {}',
    'main.ts': "import { twice } from './lib/math.ts'",
    'lib/math.ts': 'export const twice = 2',
    'lib/deep/data.json': '{}',
  },
}

const incoming = (path: string, content: string | Uint8Array, size?: number): IncomingFile => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { path, size: size ?? bytes.length, read: async () => bytes }
}

beforeEach(() => {
  workbench = createWorkbench(fakeServices())
  actions().openProject(project)
})

describe('createFile', () => {
  it('makes a file, shows it and counts as a change', () => {
    const { revision } = state()
    expect(actions().createFile('lib/text.ts', 'export {}')).toBeUndefined()
    expect(state().project.files['lib/text.ts']).toBe('export {}')
    expect(state()).toMatchObject({ active: { source: 'lib/text.ts', last: 'source' }, unsaved: true })
    expect(state().open.source).toContain('lib/text.ts')
    expect(state().revision).toBeGreaterThan(revision)
  })

  it.each([
    ['', 'Type a name'],
    ['../a.ts', 'Leave out ..'],
    ['/a.ts', 'Leave out the /'],
    ['lib/', 'Add the name'],
    ['lib//a.ts', 'two slashes'],
    ['a:b.ts', 'Leave out :'],
    ['main.ts', 'exists already'],
    ['Main.ts', 'exists already'],
    ['lib', 'is a folder'],
    ['main.ts/a.ts', 'is a file'],
    ['a.wasm', 'added from the disk'],
    [`${'x'.repeat(300)}.ts`, '240 characters'],
  ])('refuses %j and changes nothing', (path, words) => {
    const before = state()
    expect(actions().createFile(path)).toContain(words)
    expect(state()).toBe(before)
  })

  it('leaves a project that can be shared, whatever names are typed', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aabbAB..//: -\\ä\u0000\ud800'), maxLength: 8 })
    const step = fc.record({ from: fc.nat(), to: name, folder: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        actions().openProject(project)
        for (const { from, to, folder } of steps) {
          const paths = projectPaths(state().project)
          const chosen = paths[from % paths.length] ?? ''
          const at = chosen.indexOf('/')
          if (folder && at > 0) actions().renameFolder(chosen.slice(0, at), to)
          else if (from % 2 === 0) actions().renameFile(chosen, to)
          else actions().createFile(to)
        }
        const paths = projectPaths(state().project)
        expect(paths.filter((path) => !isProjectPath(path))).toEqual([])
        expect(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`)))).toEqual([])
        expect(paths.length).toBeGreaterThanOrEqual(projectPaths(project).length)
        expect(parseProject(state().project)).toMatchObject({ ok: true })
        const { open, active } = state()
        for (const path of [...open.wit, ...open.source]) expect(paths).toContain(path)
        for (const group of ['wit', 'source'] as const) {
          if (active[group] === '') expect(open[group]).toEqual([])
          else expect(open[group]).toContain(active[group])
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('renaming', () => {
  it('keeps the text, the tab and its place', () => {
    actions().showFile('lib/math.ts')
    const at = state().open.source.indexOf('lib/math.ts')
    expect(actions().renameFile('lib/math.ts', 'sums.ts')).toBeUndefined()
    expect(state().project.files['sums.ts']).toBe('export const twice = 2')
    expect(files()).not.toContain('lib/math.ts')
    expect(state().open.source[at]).toBe('sums.ts')
    expect(state().active.source).toBe('sums.ts')
  })

  it('moves the entry with its file', () => {
    actions().renameFile('main.ts', 'src/shop.ts')
    expect(state().project.entry).toBe('src/shop.ts')
    actions().renameFolder('src', 'app')
    expect(state().project.entry).toBe('app/shop.ts')
  })

  it('leaves the entry alone where the file becomes something else', () => {
    actions().renameFile('main.ts', 'main.txt')
    expect(state().project.entry).toBeUndefined()
  })

  it('takes a folder along with everything in it', () => {
    expect(actions().renameFolder('lib', 'src/lib')).toBeUndefined()
    expect(files()).toEqual(['main.ts', 'src/lib/deep/data.json', 'src/lib/math.ts', 'world.wit'])
  })

  it('refuses a folder in itself, and one that is there', () => {
    expect(actions().renameFolder('lib', 'lib/inner')).toContain('into itself')
    actions().createFile('src/a.ts')
    expect(actions().renameFolder('lib', 'src')).toContain('exists already')
    expect(files()).toContain('lib/math.ts')
  })

  it('may change the case of a name only', () => {
    expect(actions().renameFile('lib/math.ts', 'lib/Math.ts')).toBeUndefined()
    expect(actions().renameFolder('lib', 'Lib')).toBeUndefined()
    expect(files()).toContain('Lib/Math.ts')
  })

  it('moves to the other editor with another kind of name', () => {
    actions().renameFile('lib/math.ts', 'lib/math.wit')
    expect(state().open.wit).toContain('lib/math.wit')
    expect(state().open.source).not.toContain('lib/math.ts')
  })

  it('takes the problems of the old name away', () => {
    const place = { file: 'lib/math.ts', line: 1, column: 1 }
    actions().showTypeProblems([{ stage: 'types', severity: 'error', message: 'No.', next: 'Change it.', place }])
    actions().renameFile('lib/math.ts', 'lib/sums.ts')
    expect(state().diagnostics.types).toEqual([])
  })
})

describe('deleting', () => {
  it('can be taken back, tabs included', () => {
    const before = state()
    actions().showFile('lib/math.ts')
    actions().deleteFolder('lib')
    expect(files()).toEqual(['main.ts', 'world.wit'])
    expect(state().open.source).toEqual(['main.ts'])
    expect(state().notices).toMatchObject([{ text: 'Deleted the folder lib with 2 files.', undo: 'Undo' }])
    actions().undo()
    expect(state().project.files).toEqual(before.project.files)
    expect(state().active.source).toBe('lib/math.ts')
    expect(state().notices).toEqual([])
  })

  it('gives files back under a free name where theirs was taken meanwhile', () => {
    actions().deleteFile('lib/math.ts')
    actions().createFile('lib/math.ts', 'another')
    actions().undo()
    expect(state().project.files).toMatchObject({
      'lib/math.ts': 'another',
      'lib/math-2.ts': 'export const twice = 2',
    })
  })

  it('keeps the folder of the last file', () => {
    actions().deleteFile('lib/deep/data.json')
    expect(state().folders).toContain('lib/deep')
    actions().deleteFolder('lib/deep')
    expect(state().folders).toEqual([])
  })

  it('of the entry leaves the fault that names it', async () => {
    actions().deleteFile('main.ts')
    const entry = await actions().run()
    expect(entry?.outcome).toMatchObject({ kind: 'fault', fault: { message: expect.stringContaining('no main.ts') } })
  })

  it('cannot be taken back in another project', () => {
    actions().deleteFile('lib/math.ts')
    actions().markSaved()
    actions().openExample('hello')
    expect(state().notices).toEqual([])
    actions().undo()
    expect(files()).toEqual(['main.ts', 'world.wit'])
  })
})

describe('addFiles', () => {
  it('puts text into the folder and shows the first one', async () => {
    await actions().addFiles([incoming('a.ts', 'a\r\nb'), incoming('sub/b.json', '{}')], 'lib')
    expect(state().project.files).toMatchObject({ 'lib/a.ts': 'a\nb', 'lib/sub/b.json': '{}' })
    expect(state().active.source).toBe('lib/a.ts')
    expect(state().notices).toEqual([])
  })

  it('keeps components apart from texts', async () => {
    const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 13, 0, 1, 0])
    await actions().addFiles([incoming('provider.wasm', wasm)])
    expect(state().project.binaries).toEqual({ 'provider.wasm': btoa(String.fromCharCode(...wasm)) })
    expect(actions().renameFile('provider.wasm', 'provider.ts')).toContain('.wasm')
    expect(actions().renameFile('provider.wasm', 'parts/provider.wasm')).toBeUndefined()
    expect(Object.keys(state().project.binaries ?? {})).toEqual(['parts/provider.wasm'])
    actions().deleteFile('parts/provider.wasm')
    expect(state().project).not.toHaveProperty('binaries')
    actions().undo()
    expect(Object.keys(state().project.binaries ?? {})).toEqual(['parts/provider.wasm'])
  })

  it.each([
    ['large.txt', 'x', 2 ** 21, 'larger than 1 MiB'],
    ['photo.png', new Uint8Array([0x89, 0x50, 0, 1]), undefined, 'it is not text'],
    ['latin.txt', new Uint8Array([0x67, 0xfc]), undefined, 'it is not text'],
    ['fake.wasm', 'text', undefined, 'it is not WebAssembly'],
    ['../up.ts', 'x', undefined, 'Leave out ..'],
    ['main.ts/a.ts', 'x', undefined, 'is a file'],
  ])('leaves %s out and says why', async (path, content, size, words) => {
    const before = state().project
    await actions().addFiles([incoming(path, content, size)])
    expect(state().project).toBe(before)
    expect(state().notices[0]?.text).toContain(words)
  })

  it('leaves out what the project could not be opened with again', async () => {
    const mebibyte = new Uint8Array(1024 * 1024).fill(0x20)
    await actions().addFiles(Array.from({ length: 33 }, (_, index) => incoming(`${index}.txt`, mebibyte)))
    const texts = files().filter((path) => path.endsWith('.txt'))
    expect(texts).toHaveLength(31)
    expect(texts).not.toContain('31.txt')
    expect(state().notices.map((each) => each.text)).toEqual([
      '31.txt was left out. A project holds 32 MiB at most.',
      '32.txt was left out. A project holds 32 MiB at most.',
    ])
    // Components are kept as Base64, which is a third larger.
    const wasm = new Uint8Array(800 * 1024)
    wasm.set([0, 0x61, 0x73, 0x6d])
    await actions().addFiles([incoming('a.wasm', wasm)])
    expect(state().notices.at(-1)?.text).toBe('a.wasm was left out. A project holds 32 MiB at most.')
    await actions().addFiles([incoming('b.wasm', wasm.subarray(0, 700 * 1024))])
    expect(Object.keys(state().project.binaries ?? {})).toEqual(['b.wasm'])
    await actions().addFiles([incoming('4.txt', mebibyte)])
    expect(state().notices.at(-1)?.text).toBe('Replaced 4.txt.')
  })

  it('replaces files of the same name, which can be taken back', async () => {
    await actions().addFiles([incoming('main.ts', 'new'), incoming('more.ts', 'more')])
    expect(state().project.files['main.ts']).toBe('new')
    expect(state().notices).toMatchObject([{ text: 'Replaced main.ts.' }])
    actions().undo()
    expect(state().project.files).toMatchObject({ 'main.ts': project.files['main.ts'], 'more.ts': 'more' })
  })

  it('leaves what was edited after it was replaced', async () => {
    await actions().addFiles([incoming('main.ts', 'new'), incoming('lib/math.ts', 'new')])
    actions().editFile('main.ts', 'newer')
    actions().undo()
    expect(state().project.files).toMatchObject({ 'main.ts': 'newer', 'lib/math.ts': project.files['lib/math.ts'] })
    expect(state().notices.at(-1)?.text).toBe('Left as edited since: main.ts.')
  })

  it('does nothing to a project that was opened meanwhile', async () => {
    const adding = actions().addFiles([incoming('a.ts', 'a')])
    actions().openExample('hello')
    await adding
    expect(files()).toEqual(['main.ts', 'world.wit'])
  })
})

describe('tabs', () => {
  it('start with the WIT files on the left and the sources on the right', () => {
    expect(state().open).toEqual({ wit: ['world.wit'], source: ['main.ts', 'lib/math.ts'] })
    expect(state().active).toEqual({ wit: 'world.wit', source: 'main.ts', last: 'source' })
  })

  it('close to the neighbour and open again', () => {
    actions().closeFile('main.ts')
    expect(state()).toMatchObject({ open: { source: ['lib/math.ts'] }, active: { source: 'lib/math.ts' } })
    actions().closeFile('lib/math.ts')
    expect(state()).toMatchObject({ open: { source: [] }, active: { source: '', wit: 'world.wit', last: 'wit' } })
    expect(files()).toContain('main.ts')
    actions().reopenFile()
    expect(state()).toMatchObject({ active: { source: 'lib/math.ts', last: 'source' } })
    actions().reopenFile()
    expect(state()).toMatchObject({ open: { source: ['lib/math.ts', 'main.ts'] }, active: { source: 'main.ts' } })
  })

  it('show any text file on the right', () => {
    actions().showFile('lib/deep/data.json')
    expect(state()).toMatchObject({ active: { source: 'lib/deep/data.json', last: 'source' } })
  })
})

describe('edits', () => {
  it('are set aside when another project is opened, and come back as they were', () => {
    actions().openExample('hello')
    expect(state().notices).toEqual([])
    actions().editFile('main.ts', '// mine')
    actions().createFile('lib/a.ts')
    actions().openProject(project)
    expect(state()).toMatchObject({ project: { name: 'shop' }, unsaved: false })
    expect(holdsWork(state())).toBe(true)
    expect(state().notices).toMatchObject([{ undo: 'Restore my edits' }])
    actions().undo()
    expect(state()).toMatchObject({ example: 'hello', pristine: false, unsaved: true, active: { source: 'lib/a.ts' } })
    expect(state().project.files['main.ts']).toBe('// mine')
    expect(state().notices).toEqual([])
  })

  it('come back after their notice was dismissed, until other work is set aside', () => {
    actions().editFile('main.ts', '// mine')
    actions().openExample('hello')
    const dismiss = () => actions().dismiss(state().notices.at(-1)?.id ?? 0)
    dismiss()
    expect(state().notices).toMatchObject([{ hidden: true }])
    expect(holdsWork(state())).toBe(true)
    actions().createFile('a.ts')
    actions().deleteFile('a.ts')
    actions().undo()
    actions().markSaved()
    actions().undo()
    expect(state().project.files['main.ts']).toBe('// mine')
    expect(state().notices).toEqual([])
    actions().openExample('hello')
    dismiss()
    actions().editFile('main.ts', '// newer')
    actions().openProject(project)
    expect(state().notices).toMatchObject([{ undo: 'Restore my edits' }])
    actions().undo()
    expect(state().project.files['main.ts']).toBe('// newer')
  })

  it('that were saved elsewhere are no loss', () => {
    actions().editFile('main.ts', '// mine')
    expect(holdsWork(state())).toBe(true)
    actions().markSaved()
    expect(holdsWork(state())).toBe(false)
    actions().openExample('hello')
    expect(state().notices).toEqual([])
  })

  it('survive three more openings, and then deletions that nobody took back go first', () => {
    actions().editFile('main.ts', '// mine')
    actions().openExample('hello')
    for (const name of ['a.ts', 'b.ts', 'c.ts']) {
      actions().createFile(name)
      actions().deleteFile(name)
    }
    expect(state().notices).toHaveLength(3)
    expect(state().notices[0]).toMatchObject({ holdsWork: true })
  })

  it('of four projects are all kept, whatever else there is to say', () => {
    for (const name of ['one', 'two', 'three', 'four']) {
      actions().openProject({ ...project, name })
      actions().editFile('main.ts', `// ${name}`)
    }
    actions().openExample('hello')
    actions().createFile('a.ts')
    actions().deleteFile('a.ts')
    const aside = state().notices.filter((each) => each.holdsWork)
    expect(aside.map((each) => /Your edits of (\w+)/.exec(each.text)?.[1])).toEqual(['one', 'two', 'three', 'four'])
    actions().undo(aside[0]?.id)
    expect(state().project.files['main.ts']).toBe('// one')
  })
})
