import ts from 'typescript'
import { expect, it } from 'vitest'
import { inStyle, writingStyle } from './writing-style.ts'

/** The import that TypeScript writes for a name of another file. */
function imported(text: string): string {
  const files: Record<string, string> = { '/main.ts': text, '/lib.ts': 'export const shout = 1\n' }
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ noLib: true, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext }),
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const content = files[file]
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '/none.d.ts',
    fileExists: (file) => files[file] !== undefined,
    readFile: (file) => files[file],
  })
  const { format, preferences } = inStyle(ts, writingStyle(text), {})
  const at = text.indexOf('shout')
  const [fix] = service.getCodeFixesAtPosition('/main.ts', at, at + 5, [2304], format, preferences)
  return fix?.changes[0]?.textChanges[0]?.newText.trim() ?? 'nothing'
}

it.each([
  ['export const a = shout\n', "import { shout } from './lib'"],
  ['export const a = shout;\n', "import { shout } from './lib';"],
  ['import "./other"\nexport const a = shout\n', 'import { shout } from "./lib"'],
  ['import \'./other\'\nexport const a = shout + "x"\n', "import { shout } from './lib'"],
])('an import is written as the rest of %j', (text, written) => {
  expect(imported(text)).toBe(written)
})
