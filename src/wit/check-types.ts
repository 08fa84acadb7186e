import type { Case, FunctionType, Name, Type, TypeDefinition } from './tree.ts'
import type { Report } from './packages.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import { checkTypeCycles } from './cycles.ts'
import { where } from './packages.ts'
import { TypeShapes } from './type-shapes.ts'
import { isDefinition, typesIn, walkType } from './type-parts.ts'
import { article } from './wording.ts'

/** What the validator of component binaries allows for the size of one type, counted as `TypeShapes` does. */
const largestType = 1_000_000
/** Canonical ABI: flags fit one 32-bit word (CanonicalABI.md#flag-packing). */
const mostFlags = 32
const mapKeys: ReadonlySet<string> = new Set('u8 u16 u32 u64 s8 s16 s32 s64 char bool string'.split(' '))

/** Checks the types and functions of scopes. One instance per run. */
export class TypeChecks {
  private readonly scopes: Scopes
  private readonly report: Report
  private readonly shapes: TypeShapes

  constructor(scopes: Scopes, report: Report) {
    this.scopes = scopes
    this.report = report
    this.shapes = new TypeShapes(scopes)
  }

  check(scope: Scope): void {
    this.scopes.resolveUses(scope)
    for (const item of scope.items) {
      if (isDefinition(item)) this.definition(scope, item)
      else if (item.kind === 'function') this.function(scope, item.name, item.type, [])
      else if ((item.kind === 'import' || item.kind === 'export') && item.type.kind === 'function')
        this.function(scope, item.name ?? emptyName, item.type.type, [])
    }
    checkTypeCycles(scope, this.report)
    this.tooLarge(scope)
  }

  private definition(scope: Scope, item: TypeDefinition): void {
    for (const { type } of typesIn(item)) this.type(scope, type)
    switch (item.kind) {
      case 'record':
        this.unique(
          scope,
          item.fields.map(({ name }) => name),
          'field',
          `the record \`${item.name.text}\``,
        )
        break
      case 'variant':
      case 'enum':
        this.cases(scope, item.name, item.cases, item.kind, 'case')
        break
      case 'flags':
        this.unique(
          scope,
          item.cases.map(({ name }) => name),
          'flag',
          `the flags \`${item.name.text}\``,
        )
        this.flagCount(scope, item.name, item.cases)
        break
      case 'resource':
        this.resource(scope, item)
        break
      default:
        break
    }
  }

  private flagCount(scope: Scope, name: Name, flags: readonly Case[]): void {
    const [tooMany] = flags.slice(mostFlags)
    if (tooMany === undefined) return
    this.report(
      scope.unit.source,
      tooMany.name,
      `\`${name.text}\` has ${flags.length} flags, and a component can have at most ${mostFlags} in one type.`,
      `Move the flags from \`${tooMany.name.text}\` on to a second \`flags\` type.`,
    )
  }

  private cases(scope: Scope, name: Name, cases: readonly Case[], kind: 'variant' | 'enum', what: string): void {
    this.unique(
      scope,
      cases.map((one) => one.name),
      what,
      `the ${kind} \`${name.text}\``,
    )
    const broken = scope.unit.source.parsed.problems.some(({ start }) => start >= name.start && start <= name.end + 200)
    if (cases.length > 0 || broken) return
    this.report(
      scope.unit.source,
      name,
      `The ${kind} \`${name.text}\` has no case, so it has no value.`,
      `Give it a case: \`${kind} ${name.text} { some-case }\`.`,
    )
  }

  private unique(scope: Scope, names: readonly Name[], what: string, of: string): void {
    const taken = new Map<string, Name>()
    for (const name of names) {
      if (name.missing) continue
      const earlier = taken.get(name.text.toLowerCase())
      if (earlier === undefined) {
        taken.set(name.text.toLowerCase(), name)
        continue
      }
      const first = where(scope.unit.source, earlier)
      this.report(
        scope.unit.source,
        name,
        name.text === earlier.text
          ? `The ${what} \`${name.text}\` is there twice in ${of}; the first one is at ${first}.`
          : `The ${what}s \`${name.text}\` and \`${earlier.text}\` (${first}) of ${of} differ only in case, and count as one name.`,
        'Rename one of the two, or delete it.',
      )
    }
  }

  private resource(scope: Scope, item: TypeDefinition & { kind: 'resource' }): void {
    const taken = new Map<string, Name>()
    let constructor: Name | undefined
    for (const method of item.methods) {
      if (method.kind === 'constructor') {
        if (constructor !== undefined)
          this.report(
            scope.unit.source,
            method.name,
            `The resource \`${item.name.text}\` has two constructors; the first one is at ${where(scope.unit.source, constructor)}.`,
            'Make one of them a `static func` that returns the resource.',
          )
        constructor = method.name
        this.checkConstructor(scope, item, method.name, method.type)
        continue
      }
      const earlier = taken.get(method.name.text.toLowerCase())
      if (earlier !== undefined && !method.name.missing)
        this.report(
          scope.unit.source,
          method.name,
          earlier.text === method.name.text
            ? `The resource \`${item.name.text}\` has two functions named \`${earlier.text}\`; the first one is at ${where(scope.unit.source, earlier)}.`
            : `The functions \`${method.name.text}\` and \`${earlier.text}\` (${where(scope.unit.source, earlier)}) of the resource \`${item.name.text}\` differ only in case, and count as one name.`,
          'Rename one of the two: methods and static functions share their names.',
        )
      else taken.set(method.name.text.toLowerCase(), method.name)
      this.function(scope, method.name, method.type, method.kind === 'method' ? ['self'] : [])
    }
  }

  private checkConstructor(
    scope: Scope,
    item: TypeDefinition & { kind: 'resource' },
    name: Name,
    type: FunctionType,
  ): void {
    this.function(scope, name, type, [])
    const { result } = type
    if (result === undefined || result.kind === 'invalid') return
    const self = item.name.text
    if (result.kind !== 'result') {
      this.report(
        scope.unit.source,
        result,
        'A constructor returns its resource, or a `result` with it where it can fail, and this is another type.',
        `Delete \`->\` and the type, or write \`-> result<${self}, string>\`.`,
      )
      return
    }
    const { ok } = result
    if (ok?.kind === 'invalid') return
    const made = ok?.kind === 'named' ? ok.name : ok?.kind === 'own' ? ok.resource : undefined
    if (made !== undefined && this.scopes.resource(scope, made)?.definition === item) return
    this.report(
      scope.unit.source,
      ok ?? result,
      `A constructor of \`${self}\` returns \`${self}\`, and this \`result\` has another value.`,
      `Write \`result<${self}${result.error === undefined ? '' : ', ...'}>\`.`,
    )
  }

  private function(scope: Scope, name: Name, type: FunctionType, implied: readonly string[]): void {
    const taken = new Map<string, Name | undefined>(implied.map((one) => [one, undefined]))
    for (const parameter of type.parameters) {
      const key = parameter.name.text.toLowerCase()
      const earlier = taken.get(key)
      if (taken.has(key) && !parameter.name.missing)
        this.report(
          scope.unit.source,
          parameter.name,
          earlier === undefined
            ? `Methods have a parameter \`${key}\` already: the resource itself.`
            : earlier.text === parameter.name.text
              ? `The parameter \`${key}\` is there twice; the first one is at ${where(scope.unit.source, earlier)}.`
              : `The parameters \`${parameter.name.text}\` and \`${earlier.text}\` differ only in case, and count as one name.`,
          'Rename one of the two.',
        )
      else taken.set(key, parameter.name)
      this.type(scope, parameter.type)
    }
    if (type.result === undefined) return
    this.type(scope, type.result)
    if (!this.shapes.hasBorrow(scope, type.result)) return
    this.report(
      scope.unit.source,
      name,
      `\`${name.text}\` returns a \`borrow<...>\`, which lives only as long as the call that it is passed to.`,
      'Return the resource itself, which passes it on to the caller.',
    )
  }

  /** The checks of a type wherever it is written: its names exist, and it is one that components have. */
  private type(scope: Scope, type: Type): void {
    walkType(type, (part) => {
      const { source } = scope.unit
      if (part.kind === 'named') this.scopes.lookUp(scope, part.name, true)
      else if (part.kind === 'own' || part.kind === 'borrow') this.handle(scope, part.kind, part.resource)
      else if (part.kind === 'list' && part.length?.value === 0)
        this.report(
          source,
          part.length,
          'A list of a fixed length has at least one element, and this one has none.',
          'Write a length from 1 on, or leave the length out for a list of any length.',
        )
      else if (part.kind === 'map' && !(part.key.kind === 'primitive' && mapKeys.has(part.key.name)))
        if (part.key.kind !== 'invalid')
          this.report(
            source,
            part.key,
            'The keys of a map are numbers without fraction, `char`, `bool` or `string`, written by that name.',
            'Write for example `map<string, ...>`, or use a list of tuples for other keys.',
          )
    })
  }

  private handle(scope: Scope, kind: 'own' | 'borrow', name: Name): void {
    if (this.scopes.lookUp(scope, name, true) === undefined) return
    const symbol = this.scopes.lookUp(scope, name)
    if (symbol === undefined || this.scopes.origin(symbol) === undefined) return
    if (this.scopes.resource(scope, name) !== undefined || this.leadsNowhere(scope, name)) return
    this.report(
      scope.unit.source,
      name,
      `\`${kind}<...>\` is about a resource, and \`${name.text}\` is ${this.described(symbol)}.`,
      `Write \`${name.text}\` alone: values other than resources are passed as they are.`,
    )
  }

  private described(symbol: TypeSymbol): string {
    const definition = this.scopes.origin(symbol)?.definition
    if (definition === undefined) return 'none'
    return definition.kind === 'alias'
      ? 'a name for another type'
      : article(definition.kind).replace('a flags', 'flags')
  }

  /** Whether an alias chain ends at a name that is not there, which is told where the name stands. */
  private leadsNowhere(scope: Scope, name: Name): boolean {
    const seen = new Set<TypeSymbol>()
    let symbol = this.scopes.lookUp(scope, name)
    while (symbol !== undefined) {
      const origin: TypeSymbol | undefined = this.scopes.origin(symbol)
      if (origin === undefined || seen.has(origin)) return true
      seen.add(origin)
      const { definition } = origin
      if (definition?.kind !== 'alias' || definition.type.kind !== 'named') return false
      symbol = this.scopes.lookUp(origin.scope, definition.type.name)
    }
    return true
  }

  private tooLarge(scope: Scope): void {
    for (const symbol of scope.types.values()) {
      const { definition } = symbol
      if (definition === undefined || this.shapes.symbolSize(symbol) <= largestType) continue
      // Only where it first becomes too large; what contains it cannot be helped.
      const inner = typesIn(definition).some(({ type }) => this.containsTooLarge(scope, type))
      if (inner) continue
      this.report(
        scope.unit.source,
        symbol.name,
        `The type \`${symbol.name.text}\` has more than a million parts when it is written out, which no component can have.`,
        'Make it smaller: a list in the place of repeated members, or a resource in the place of a nested type.',
      )
    }
  }

  private containsTooLarge(scope: Scope, type: Type): boolean {
    let found = false
    walkType(type, (part) => {
      if (part.kind !== 'named') return
      const symbol = this.scopes.lookUp(scope, part.name)
      if (symbol !== undefined && this.shapes.symbolSize(symbol) > largestType) found = true
    })
    return found
  }
}

const emptyName: Name = { text: '', missing: true, start: 0, end: 0 }
