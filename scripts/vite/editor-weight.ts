import type { Plugin } from 'vite'

const unwanted = /monaco-editor\/esm\/vs\/(?:languages\/features|language)\/(?:css|html|json)\//
const workerManager = /monaco-editor\/esm\/vs\/languages\/features\/typescript\/workerManager\.js$/
const defaultWorker = /new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\)/

const workerClient = /monaco-editor\/esm\/vs\/internal\/common\/workers\.js$/
const contribution = /^import '\.\.\/\.\.\/editor\/(?:contrib|standalone|browser\/widget)\/[^']*';$/gm

const comparison =
  /monaco-editor\/esm\/vs\/editor\/browser\/widget\/(?:multiD|d)iffEditor\/((?:MultiD|D)iffEditorWidget)\.js$/i

/** What hovers and the clipboard bring along for features that the page does not have, and what is asked of it. */
const absent: readonly { readonly path: RegExp; readonly code: string }[] = [
  {
    path: /\/contrib\/colorPicker\/browser\/hoverColorPicker\/hoverColorPickerParticipant\.js$/,
    code: 'export class ColorHover {}\nexport class HoverColorPickerParticipant {}',
  },
  {
    // The editors have no map of their text, and this part of it is there all the same.
    path: /\/viewParts\/minimap\/minimap\.js$/,
    code: [
      "import { createFastDomNode } from '../../../../base/browser/fastDomNode.js'",
      "import { ViewPart } from '../../view/viewPart.js'",
      'export class Minimap extends ViewPart {',
      "  node = createFastDomNode(document.createElement('div'))",
      '  getDomNode() { return this.node }',
      '  prepareRender() {}',
      '  render() {}',
      '}',
    ].join('\n'),
  },
  // Other ways to draw the text and to take it in, which the editors' options leave off.
  { path: /\/viewParts\/viewLinesGpu\/viewLinesGpu\.js$/, code: 'export class ViewLinesGpu {}' },
  { path: /\/editContext\/native\/nativeEditContext\.js$/, code: 'export class NativeEditContext {}' },
  { path: /\/contrib\/inlayHints\/browser\/inlayHintsHover\.js$/, code: 'export class InlayHintsHover {}' },
  {
    path: /\/contrib\/dropOrPasteInto\/browser\/copyPasteController\.js$/,
    code: 'export class CopyPasteController { static get() {} }',
  },
]

/**
 * Keeps what the page does not use out of a build: Monaco's language services for CSS, HTML and JSON (443 kB compressed;
 * importing one stops the build), a second copy of the TypeScript worker, which Monaco would start if the page did not
 * say how (1 MB), the editors that compare two texts (35 kB), colours, inlay hints and paste as (15 kB), the
 * small map of the text (9 kB), drawing and input that the editors do not use (7 kB), and the editor
 * features that its client for workers brings along (all of them, too late for editors that are open by then): the page
 * imports those that it wants.
 */
export function editorWeight(): Plugin {
  return {
    name: 'witcraft:editor-weight',
    apply: 'build',
    load: {
      filter: { id: [unwanted, comparison, ...absent.map(({ path }) => path)] },
      handler(id) {
        const widget = comparison.exec(id)?.[1]
        // The page's own editor never makes one; `createDiffEditor` would, and fails.
        if (widget) return `export class ${widget[0]?.toUpperCase()}${widget.slice(1)} {}`
        const stub = absent.find(({ path }) => path.test(id))
        if (stub) return stub.code
        this.error(`${id} would be shipped; import Monaco's editor API and single features, not the whole package`)
      },
    },
    transform: {
      filter: { id: [workerManager, workerClient] },
      handler(code, id) {
        const unused = workerManager.test(id) ? defaultWorker : contribution
        const kept = code.replace(unused, unused === defaultWorker ? 'undefined' : '')
        if (kept === code) this.error(`${id} has changed, and what it brings along would be shipped`)
        return { code: kept, map: null }
      },
    },
  }
}
