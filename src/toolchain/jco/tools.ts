/**
 * jco's tools as this project uses them: wasm-tools and the bindings generator, both compiled to components. The same
 * interface in Node (`node.ts`) and in a worker of the page, so that whoever asks does not know where they run.
 */

/** Field (`language`, `processed-by`), then name and version: https://github.com/WebAssembly/tool-conventions */
export type ProducersFields = [field: string, entries: [name: string, version: string][]][]

export interface EmbedOptions {
  /** The core module that gets the component-type section; without it, `dummy` makes one that fits the world. */
  readonly binary?: Uint8Array
  readonly dummy?: boolean
  readonly witSource: string
  readonly world?: string
}

export interface ModuleMetadata {
  readonly name?: string
  readonly metaType: { readonly tag: 'module' } | { readonly tag: 'component'; readonly val: number }
  readonly producers: ProducersFields
}

export interface GenerateOptions {
  readonly name: string
  readonly noTypescript?: boolean
  readonly instantiation?: { readonly tag: 'async' | 'sync' }
  readonly map?: readonly (readonly [string, string])[]
  readonly noNodejsCompat?: boolean
  readonly base64Cutoff?: number
  readonly tlaCompat?: boolean
  readonly validLiftingOptimization?: boolean
  readonly tracing?: boolean
  readonly noNamespacedExports?: boolean
  readonly asyncMode?:
    | { readonly tag: 'sync' }
    | {
        readonly tag: 'jspi'
        readonly val: { readonly imports: readonly string[]; readonly exports: readonly string[] }
      }
}

export interface Generated {
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[]
  readonly imports: readonly string[]
  readonly exports: readonly (readonly [name: string, kind: 'function' | 'instance'])[]
}

export interface TypesOptions {
  readonly wit: { readonly tag: 'source'; readonly val: string }
  readonly world?: string
  readonly guest?: boolean
}

/** Every call throws what `toolMessage` reads where the input is at fault; anything else is a fault of the tool. */
export interface JcoTools {
  parse(text: string): Uint8Array
  print(binary: Uint8Array): string
  componentEmbed(options: EmbedOptions): Uint8Array
  componentNew(core: Uint8Array, adapters: readonly (readonly [name: string, core: Uint8Array])[]): Uint8Array
  componentWit(component: Uint8Array): string
  metadataAdd(binary: Uint8Array, producers: ProducersFields): Uint8Array
  metadataShow(binary: Uint8Array): readonly ModuleMetadata[]
  generate(component: Uint8Array, options: GenerateOptions): Generated
  generateTypes(name: string, options: TypesOptions): readonly (readonly [name: string, bytes: Uint8Array])[]
}

/** The two modules of jco that are vendored in `@bytecodealliance/jco-transpile`, once their `$init` has resolved. */
export interface VendoredTools {
  readonly wasmTools: Pick<
    JcoTools,
    'parse' | 'print' | 'componentEmbed' | 'componentNew' | 'componentWit' | 'metadataAdd' | 'metadataShow'
  >
  readonly bindgen: Pick<JcoTools, 'generate' | 'generateTypes'>
}

export const joinTools = ({ wasmTools, bindgen }: VendoredTools): JcoTools => ({
  parse: wasmTools.parse,
  print: wasmTools.print,
  componentEmbed: wasmTools.componentEmbed,
  componentNew: wasmTools.componentNew,
  componentWit: wasmTools.componentWit,
  metadataAdd: wasmTools.metadataAdd,
  metadataShow: wasmTools.metadataShow,
  generate: bindgen.generate,
  generateTypes: bindgen.generateTypes,
})

export interface ToolMessage {
  /** The innermost cause, one line. */
  readonly message: string
  /** Everything that the tool said. */
  readonly detail: string
}

/**
 * What a tool has to say about its input, or undefined where `error` is something else (a trap of the tool, a bug). The
 * tools throw an Error with their text in `payload`: a line, then perhaps "Caused by:" with numbered lines.
 */
export function toolMessage(error: unknown): ToolMessage | undefined {
  if (!(error instanceof Error) || !('payload' in error) || typeof error.payload !== 'string') return undefined
  const detail = error.payload.replace(/^(ComponentError|Error): /, '').trim()
  const [first = ''] = detail.split('\n')
  const causes = /\nCaused by:\n([\s\S]*)$/.exec(detail)?.[1]?.split('\n') ?? []
  const innermost = causes.findLast((line) => /^\s+(\d+: )?\S/.test(line) && !/^\s+(-->|\||\d+ \|)/.test(line))
  const message = (causes.length > 0 ? innermost : undefined)?.trim().replace(/^\d+: /, '') ?? first
  return { message, detail }
}
