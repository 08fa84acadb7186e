import { initialize, ts, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/ts.worker'
import 'monaco-editor/editor/editor.worker'
import { checkExports, type Fit } from './check-exports.ts'
import { perform, type CodeAnswer, type CodeCall, type CodeMethod } from './crossing/code-protocol.ts'
import { GuestCode } from './crossing/guest-code.ts'

/** Monaco's own worker, which also knows what the entry of a project exports, and the way between code and WIT. */
class GuestWorker extends TypeScriptWorker {
  async checkExports(file: string, paths: readonly (readonly string[])[]): Promise<readonly Fit[] | undefined> {
    return checkExports(ts.typescript, this.getLanguageService(), file, paths)
  }
  async guestCode(call: CodeCall): Promise<CodeAnswer<CodeMethod>> {
    return perform(new GuestCode(ts.typescript, this.getLanguageService()), call)
  }
}

self.onmessage = () => initialize((context, data) => new GuestWorker(context, data))
