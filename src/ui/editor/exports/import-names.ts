import type * as typescript from 'typescript'
import type { ExportTypes } from './export-types.ts'
import type { LocalNames } from './local-names.ts'

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How a file refers to the types of the world's modules. What it does not import yet is imported by `edits`. */
export class ImportNames {
  readonly #types: ExportTypes
  readonly #source: typescript.SourceFile
  /** What is at the top of the file. */
  readonly locals: LocalNames
  /** The classes of the file that are resources of the world, or will be, by `module Name`. */
  readonly #classes: ReadonlyMap<string, string>
  readonly #added = new Map<string, Set<string>>()
  readonly #namespaces = new Map<string, string>()

  constructor(types: ExportTypes, locals: LocalNames, classes: ReadonlyMap<string, string>) {
    this.#types = types
    this.#source = locals.source
    this.locals = locals
    this.#classes = classes
  }

  /** What the file calls the class that a module has under this name. */
  classOf = (module: string, name: string): string => this.#classes.get(`${module} ${name}`) ?? name

  /** A type in which each named one stands as `import("demo:shop/cart").Item`, as the file would write it. */
  write = (type: string): string =>
    type.replaceAll(/import\("([^"]+)"\)\.([\w$]+)/g, (_, module: string, name: string) => this.#local(module, name))

  /** The module as a namespace. */
  namespace(module: string, wanted: string): string {
    const { ts } = this.#types
    const known = this.#imports(module).find(({ bindings }) => bindings && ts.isNamespaceImport(bindings))?.bindings
    if (known && ts.isNamespaceImport(known)) return known.name.text
    const added = this.#namespaces.get(module)
    if (added !== undefined) return added
    if (!this.locals.isUnknown(wanted)) return `import('${module}')`
    this.#namespaces.set(module, this.locals.take([wanted]))
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
    const isApart = /^\r?\n[^]*\S/.test(this.#source.text)
    return [...edits, { start: 0, end: 0, text: `${lines.join('\n')}\n${isApart ? '' : '\n'}` }]
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
    if (!added.has(name) && !this.locals.isUnknown(name)) return `import('${module}').${name}`
    if (!added.has(name)) this.locals.take([name])
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
}
