import type * as typescript from 'typescript'
import type { ExportTypes } from './export-types.ts'

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How a file refers to the types of the world's modules. What it does not import yet is imported by `edits`. */
export class ImportNames {
  readonly #types: ExportTypes
  readonly #source: typescript.SourceFile
  /** The classes of the file that are resources of the world, by `module Name`. */
  readonly #classes: ReadonlyMap<string, string>
  readonly #added = new Map<string, Set<string>>()
  readonly #namespaces = new Map<string, string>()
  #taken: ReadonlySet<string> | undefined

  constructor(types: ExportTypes, source: typescript.SourceFile, classes: ReadonlyMap<string, string>) {
    this.#types = types
    this.#source = source
    this.#classes = classes
  }

  /** A type in which each named one stands as `import("demo:shop/cart").Item`, as the file would write it. */
  write = (type: string): string =>
    type.replaceAll(/import\("([^"]+)"\)\.([\w$]+)/g, (_, module: string, name: string) => this.#local(module, name))

  /** The module as a namespace. */
  namespace(module: string, wanted: string): string {
    const { ts } = this.#types
    const known = this.#imports(module).find(({ bindings }) => bindings && ts.isNamespaceImport(bindings))?.bindings
    if (known && ts.isNamespaceImport(known)) return known.name.text
    if (!this.#isFree(wanted)) return `import('${module}')`
    this.#namespaces.set(module, wanted)
    return wanted
  }

  edits(): Edit[] {
    const { ts } = this.#types
    const edits: Edit[] = []
    const lines = [...this.#namespaces].map(([module, name]) => `import type * as ${name} from '${module}'`)
    for (const [module, added] of this.#added) {
      const names = [...added].join(', ')
      const known = this.#imports(module).find(
        ({ isType, bindings }) => isType && bindings && ts.isNamedImports(bindings),
      )
      const last = known?.bindings && ts.isNamedImports(known.bindings) ? known.bindings.elements.at(-1) : undefined
      if (last) edits.push({ start: last.end, end: last.end, text: `, ${names}` })
      else lines.push(`import type { ${names} } from '${module}'`)
    }
    if (lines.length === 0) return edits
    const last = this.#source.statements.findLast((each) => ts.isImportDeclaration(each))
    if (last) return [...edits, { start: last.end, end: last.end, text: `\n${lines.join('\n')}` }]
    const isEmpty = this.#source.text.trim() === ''
    return [...edits, { start: 0, end: 0, text: `${lines.join('\n')}\n${isEmpty ? '' : '\n'}` }]
  }

  #local(module: string, name: string): string {
    const { ts } = this.#types
    const own = this.#classes.get(`${module} ${name}`)
    if (own !== undefined) return own
    for (const { bindings } of this.#imports(module)) {
      if (bindings && ts.isNamespaceImport(bindings)) return `${bindings.name.text}.${name}`
      const found = bindings?.elements.find((each) => (each.propertyName ?? each.name).text === name)
      if (found) return found.name.text
    }
    const namespace = this.#namespaces.get(module)
    if (namespace !== undefined) return `${namespace}.${name}`
    const added = this.#added.get(module) ?? new Set()
    if (!added.has(name) && !this.#isFree(name)) return `import('${module}').${name}`
    this.#added.set(module, added.add(name))
    return name
  }

  #imports(module: string): {
    readonly isType: boolean
    readonly bindings: typescript.NamedImportBindings | undefined
  }[] {
    const { ts } = this.#types
    return this.#source.statements.flatMap((each) =>
      ts.isImportDeclaration(each) && ts.isStringLiteral(each.moduleSpecifier) && each.moduleSpecifier.text === module
        ? [
            {
              isType: each.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
              bindings: each.importClause?.namedBindings,
            },
          ]
        : [],
    )
  }

  /** Neither the file nor the language has such a name, and nothing was added under it. */
  #isFree(name: string): boolean {
    const { ts, checker } = this.#types
    const { Value, Type, Namespace, Alias } = ts.SymbolFlags
    this.#taken ??= new Set(
      checker.getSymbolsInScope(this.#source, Value | Type | Namespace | Alias).map((each) => each.name),
    )
    const added = [...this.#added.values()].some((names) => names.has(name))
    const isClass = [...this.#classes.values()].includes(name)
    return !this.#taken.has(name) && !added && !isClass && ![...this.#namespaces.values()].includes(name)
  }
}
