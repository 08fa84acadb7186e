import { initialize, ts, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/ts.worker'
import 'monaco-editor/editor/editor.worker'
import { checkExports, type Fit } from './check-exports.ts'

/** Monaco's own worker, which can also say what the entry of a project exports. */
class GuestWorker extends TypeScriptWorker {
  async checkExports(file: string, paths: readonly (readonly string[])[]): Promise<readonly Fit[] | undefined> {
    return checkExports(ts.typescript, this.getLanguageService(), file, paths)
  }
}

self.onmessage = () => initialize((context, data) => new GuestWorker(context, data))
