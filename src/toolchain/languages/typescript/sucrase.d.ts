/**
 * The parts of sucrase behind its public function. That function gives no tokens, and its source map loses every column
 * after a template with an empty part; tokens and the raw offsets of the output are exact. The version is pinned, and
 * the tests of this folder notice a change.
 */

declare module 'sucrase/dist/parser/index.js' {
  export interface SucraseToken {
    readonly type: number
    readonly start: number
    readonly end: number
    readonly isType: boolean
  }
  export function parse(
    code: string,
    jsx: boolean,
    typescript: boolean,
    flow: boolean,
  ): { readonly tokens: readonly SucraseToken[]; readonly scopes: unknown }
}

declare module 'sucrase/dist/parser/tokenizer/types.js' {
  /** Numbers of token kinds by name. */
  export const TokenType: Readonly<Record<'string' | 'name' | 'template' | 'eof' | 'hash', number>>
}

declare module 'sucrase/dist/HelperManager.js' {
  export const HelperManager: new (names: unknown) => unknown
}

declare module 'sucrase/dist/NameManager.js' {
  const imported: import('./interop.ts').Imported<new (code: string, tokens: unknown) => unknown>
  export default imported
}

declare module 'sucrase/dist/TokenProcessor.js' {
  const imported: import('./interop.ts').Imported<
    new (code: string, tokens: unknown, flow: boolean, disableEsTransforms: boolean, helpers: unknown) => unknown
  >
  export default imported
}

declare module 'sucrase/dist/identifyShadowedGlobals.js' {
  const imported: import('./interop.ts').Imported<(processor: unknown, scopes: unknown, names: unknown) => void>
  export default imported
}

declare module 'sucrase/dist/util/getTSImportedNames.js' {
  const imported: import('./interop.ts').Imported<(processor: unknown) => unknown>
  export default imported
}

declare module 'sucrase/dist/transformers/RootTransformer.js' {
  const imported: import('./interop.ts').Imported<
    new (
      context: unknown,
      transforms: readonly string[],
      legacy: boolean,
      options: unknown,
    ) => {
      transform(): { readonly code: string; readonly mappings: readonly (number | undefined)[] }
    }
  >
  export default imported
}
