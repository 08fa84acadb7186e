import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** As the editor has it. */
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: [],
}

/**
 * The declarations of the language, with those that they refer to in one file: for its eighty, each program would look
 * for all of them anew, which takes longer than a check. What is a module stays a file of its own.
 */
const library: Record<string, string> = {}
const main = join(dirname(ts.getDefaultLibFilePath(options)), 'lib.esnext.d.ts')

function gather(file: string, seen: Set<string>): string {
  if (seen.has(file)) return ''
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  if (/^export \{\}/m.test(text)) {
    library[file] = text
    return ''
  }
  return text.replaceAll(/^\/\/\/ <reference lib="(.*)" \/>$/gm, (_, name: string) =>
    gather(join(dirname(file), `lib.${name}.d.ts`), seen),
  )
}
library[main] = gather(main, new Set())

const registry = ts.createDocumentRegistry()

/** TypeScript's service for files in memory: nothing is looked for on the disk. */
export function serviceOf(own: Readonly<Record<string, string>>): ts.LanguageService {
  const files: Readonly<Record<string, string>> = { ...library, ...own }
  return ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getScriptFileNames: () => Object.keys(files),
      getScriptVersion: (file) => own[file] ?? '1',
      getScriptSnapshot: (file) => {
        const text = files[file]
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => main,
      fileExists: (file) => files[file] !== undefined,
      readFile: (file) => files[file],
    },
    registry,
  )
}
