import { HelperManager } from 'sucrase/dist/HelperManager.js'
import importedIdentifyShadowedGlobals from 'sucrase/dist/identifyShadowedGlobals.js'
import ImportedNameManager from 'sucrase/dist/NameManager.js'
import { parse } from 'sucrase/dist/parser/index.js'
import { TokenType } from 'sucrase/dist/parser/tokenizer/types.js'
import ImportedTokenProcessor from 'sucrase/dist/TokenProcessor.js'
import ImportedRootTransformer from 'sucrase/dist/transformers/RootTransformer.js'
import importedGetNames from 'sucrase/dist/util/getTSImportedNames.js'
import { defaultOf } from './interop.ts'

const NameManager = defaultOf(ImportedNameManager)
const TokenProcessor = defaultOf(ImportedTokenProcessor)
const RootTransformer = defaultOf(ImportedRootTransformer)
const identifyShadowedGlobals = defaultOf(importedIdentifyShadowedGlobals)
const getImportedNames = defaultOf(importedGetNames)

export interface Token {
  readonly kind: 'name' | 'string' | 'template' | 'other'
  /** Offsets in the source. */
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface KeptToken extends Token {
  /** Where it stands in the stripped code. */
  readonly offset: number
}

export interface StrippedModule {
  readonly code: string
  /** All tokens of the source, types included. */
  readonly tokens: readonly Token[]
  /** Those that are in `code` as they were, in order. */
  readonly kept: readonly KeptToken[]
}

/**
 * Removes the types of a module, or for JavaScript only reads its tokens. Throws what the parser throws: an error whose
 * message ends with `(line:column)`.
 */
export function stripTypes(source: string, typescript: boolean): StrippedModule {
  const { tokens: parsed, scopes } = parse(source, false, typescript, false)
  const tokens: Token[] = []
  for (const { type, start, end } of parsed) {
    if (type !== TokenType.eof) tokens.push({ kind: kindOf(type), start, end, text: source.slice(start, end) })
  }
  if (!typescript) return { code: source, tokens, kept: tokens.map((token) => ({ ...token, offset: token.start })) }

  const nameManager = new NameManager(source, parsed)
  const helperManager = new HelperManager(nameManager)
  const tokenProcessor = new TokenProcessor(source, parsed, false, true, helperManager)
  // Imports that only types use are left out; a local name can hide an imported one.
  identifyShadowedGlobals(tokenProcessor, scopes, getImportedNames(tokenProcessor))
  const context = { tokenProcessor, scopes, nameManager, importProcessor: null, helperManager }
  const options = { transforms: ['typescript'], disableESTransforms: true }
  const { code, mappings } = new RootTransformer(context, options.transforms, false, options).transform()

  const kept: KeptToken[] = []
  for (const [index, token] of tokens.entries()) {
    const offset = mappings[index]
    if (offset === undefined || !code.startsWith(token.text, offset)) continue
    // A removed token has the offset of what comes next, which may be an equal one.
    const next = nextOffset(mappings, index)
    if (next === undefined || next >= offset + token.text.length) kept.push({ ...token, offset })
  }
  return { code, tokens, kept }
}

function nextOffset(mappings: readonly (number | undefined)[], index: number): number | undefined {
  for (let at = index + 1; at < mappings.length; at++) if (mappings[at] !== undefined) return mappings[at]
  return undefined
}

function kindOf(type: number): Token['kind'] {
  if (type === TokenType.name) return 'name'
  if (type === TokenType.string) return 'string'
  if (type === TokenType.template) return 'template'
  return 'other'
}
