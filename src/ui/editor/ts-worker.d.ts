/** The worker of Monaco's TypeScript, which comes without types of its own. */
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  import type * as typescript from 'typescript'

  /** The version of TypeScript that Monaco brings. */
  export const ts: { readonly typescript: typeof typescript }
  /** A diagnostic that can be sent to the page. */
  interface Said extends Omit<typescript.Diagnostic, 'file'> {
    readonly file: { readonly fileName: string } | undefined
  }
  export class TypeScriptWorker {
    constructor(context: unknown, data: unknown)
    getLanguageService(): typescript.LanguageService
    getSemanticDiagnostics(file: string): Promise<Said[]>
    getCodeFixesAtPosition(
      file: string,
      start: number,
      end: number,
      codes: number[],
      format: typescript.FormatCodeSettings,
    ): Promise<readonly typescript.CodeFixAction[]>
    getCompletionsAtPosition(
      file: string,
      position: number,
    ): Promise<typescript.WithMetadata<typescript.CompletionInfo> | undefined>
  }
  /** The first message has the data; all that follow are for what `create` makes. */
  export function initialize(create: (context: unknown, data: unknown) => object): void
}
