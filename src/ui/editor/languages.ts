import type { Workbench } from '../../state/store.ts'
import { jsonConfiguration, jsonGrammar } from './json-language.ts'
import { monaco, typescript } from './monaco.ts'
import { provideTypeFixes } from './type-fixes.ts'
import { witConfiguration, witGrammar } from './wit-language.ts'
import { provideWit } from './wit/providers.ts'

/** The editor has another key for it on Linux, which belongs to the browser there. */
export function defineKeys(): void {
  const { KeyCode, KeyMod } = monaco
  monaco.editor.addKeybindingRule({
    keybinding: KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF,
    command: 'editor.action.formatDocument',
    when: 'editorTextFocus && !editorReadonly',
  })
}

/** What the editors know of the languages of a project. */
export function defineLanguages(workbench: Workbench): void {
  monaco.languages.register({ id: 'wit', extensions: ['.wit'] })
  monaco.languages.setLanguageConfiguration('wit', witConfiguration)
  monaco.languages.setMonarchTokensProvider('wit', witGrammar)
  provideWit(workbench)
  provideTypeFixes(workbench)
  monaco.languages.register({ id: 'json', extensions: ['.json'] })
  monaco.languages.setLanguageConfiguration('json', jsonConfiguration)
  monaco.languages.setMonarchTokensProvider('json', jsonGrammar)
  typescript.typescriptDefaults.setEagerModelSync(true)
  typescript.typescriptDefaults.setCompilerOptions({
    strict: true,
    noEmit: true,
    allowNonTsExtensions: true,
    allowImportingTsExtensions: true,
    target: typescript.ScriptTarget.ESNext,
    lib: ['esnext'],
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeJs,
    moduleDetection: 3,
    types: [],
  })
}
