import { initialize, ts, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/ts.worker'
import 'monaco-editor/editor/editor.worker'
import { absentFromLibrary } from '../../toolchain/absent.ts'
import { absentGlobals } from './absent-globals.ts'
import { perform, type CodeAnswer, type CodeCall, type CodeMethod } from './crossing/code-protocol.ts'
import { GuestCode } from './crossing/guest-code.ts'
import { checkExports } from './exports/check-exports.ts'
import type { Finding } from './exports/findings.ts'
import type { Wanted } from './exports/wanted.ts'
import { hostUses, type FoundUse } from './host-uses.ts'
import type { GuestMethods } from './typescript-client.ts'
import { withVersions } from './import-fixes.ts'
import { inStyle, writingStyle } from './writing-style.ts'

/** Monaco's own worker, which also knows what the entry of a project lacks, and the way between code and WIT. */
class GuestWorker extends TypeScriptWorker implements GuestMethods {
  async checkExports(file: string, wanted: readonly Wanted[]): Promise<readonly Finding[] | undefined> {
    return checkExports(ts.typescript, this.getLanguageService(), file, wanted)
  }
  async hostUses(file: string): Promise<readonly FoundUse[] | undefined> {
    const program = this.getLanguageService().getProgram()
    const source = program?.getSourceFile(file)
    return program && source && hostUses(ts.typescript, program.getTypeChecker(), source)
  }
  /** The libraries tell more than the engine has. */
  override async getSemanticDiagnostics(file: string): ReturnType<TypeScriptWorker['getSemanticDiagnostics']> {
    const said = await super.getSemanticDiagnostics(file)
    const program = this.getLanguageService().getProgram()
    const source = program?.getSourceFile(file)
    if (!program || !source || source.isDeclarationFile) return said
    const absent = absentGlobals(ts.typescript, program.getTypeChecker(), source)
    return [...said, ...absent.map((each) => ({ ...each, file: { fileName: file } }))]
  }
  /** What is written for somebody is written as they do. */
  override async getCodeFixesAtPosition(
    ...[file, start, end, codes, settings]: Parameters<TypeScriptWorker['getCodeFixesAtPosition']>
  ): ReturnType<TypeScriptWorker['getCodeFixesAtPosition']> {
    const service = this.getLanguageService()
    const style = writingStyle(service.getProgram()?.getSourceFile(file)?.text ?? '')
    const { format, preferences } = inStyle(ts.typescript, style, settings)
    try {
      return withVersions(service.getCodeFixesAtPosition(file, start, end, codes, format, preferences))
    } catch {
      // It throws for some mistakes that it cannot mend.
      return []
    }
  }
  /** The page offers modules itself: it knows what the world has them for. */
  override async getCompletionsAtPosition(
    ...place: Parameters<TypeScriptWorker['getCompletionsAtPosition']>
  ): ReturnType<TypeScriptWorker['getCompletionsAtPosition']> {
    const found = await super.getCompletionsAtPosition(...place)
    const module = ts.typescript.ScriptElementKind.externalModuleName
    const entries = found?.entries.filter(({ kind, name }) => kind !== module && !absentFromLibrary.has(name))
    return found && entries && { ...found, entries }
  }
  async guestCode(call: CodeCall): Promise<CodeAnswer<CodeMethod>> {
    return perform(new GuestCode(ts.typescript, this.getLanguageService()), call)
  }
}

self.onmessage = () => initialize((context, data) => new GuestWorker(context, data))
