import ts from 'typescript'
import type { GuestName } from '../../../wit/guest-names.ts'
import { type Exported, GuestCode } from './guest-code.ts'

export const entry = 'file:///main.ts'

/** The code of a project with one file, by the declarations of its world. */
export function codeOf(text: string, generated: Readonly<Record<string, string>>): GuestCode {
  const files: Record<string, string> = { [entry]: text }
  for (const [path, content] of Object.entries(generated)) files[`file:///witcraft/types/${path}`] = content
  const read = (file: string): string | undefined => files[file] ?? ts.sys.readFile(file)
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      moduleDetection: ts.ModuleDetectionKind.Force,
      types: [],
    }),
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const content = read(file)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => '',
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
  })
  return new GuestCode(ts, service)
}

export const exportedOf = (names: readonly GuestName[]): Exported[] =>
  names.flatMap(({ module, path, exported }) => (exported ? [{ module, path, exported }] : []))
