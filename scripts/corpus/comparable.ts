/**
 * Two resolved packages are equal where they differ only in how their tables are numbered: here every index is replaced
 * by what it leads to.
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const record = (value: Json | undefined): { readonly [key: string]: Json } => (isRecord(value) ? value : {})
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** Names by which the entries of the tables are known, and the resolved packages written with them. */
export function comparable(resolved: Json): Json {
  const { worlds, interfaces, types, packages } = record(resolved)
  const packageName = (index: Json | undefined): string => String(record(list(packages)[Number(index)])['name'])
  const interfaceName = (index: Json | undefined): string => {
    const { name, package: of } = record(list(interfaces)[Number(index)])
    return name === null ? 'inline' : `${packageName(of)}/${String(name)}`
  }
  const ownerName = (owner: Json | undefined): string => {
    const { interface: inside, world } = record(owner)
    if (inside !== undefined) return interfaceName(inside)
    const { name, package: of } = record(list(worlds)[Number(world)])
    return `${packageName(of)}/${String(name)}`
  }
  const type = (use: Json | undefined): Json => {
    if (typeof use !== 'number') return use ?? null
    const { name, kind, owner } = record(list(types)[use])
    return name === null ? kindOf(kind) : `${ownerName(owner)}#${String(name)}`
  }
  /** Everything of a kind that is a number is a type, except for lengths. */
  const kindOf = (kind: Json | undefined): Json => {
    if (!isRecord(kind)) return kind ?? null
    return Object.fromEntries(
      Object.entries(kind).map(([key, value]) => [
        key,
        key === 'fixed-length-list' ? [type(list(value)[0]), list(value)[1] ?? null] : inside(value),
      ]),
    )
  }
  const inside = (value: Json): Json => {
    if (typeof value === 'number') return type(value)
    if (Array.isArray(value)) return value.map(inside)
    return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(each)])) : value
  }
  const sorted = (value: Json | undefined, entry: (each: Json) => readonly [string | undefined, Json]): Json =>
    Object.fromEntries(
      Object.entries(record(value))
        .map(([key, each]) => {
          const [name, written] = entry(each)
          return [name ?? key, written] as const
        })
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  const fullType = (index: Json): Json => {
    const { kind, owner: _, ...rest } = record(list(types)[Number(index)])
    return { ...rest, kind: kindOf(kind) }
  }
  const body = (index: Json | undefined): Json => {
    const { types: own, functions, package: _, ...rest } = record(list(interfaces)[Number(index)])
    return {
      ...rest,
      types: sorted(own, (each) => [undefined, fullType(each)]),
      functions: sorted(functions, (each) => [undefined, inside(each)]),
    }
  }
  const worldItems = (items: Json | undefined): Json =>
    sorted(items, (item) => {
      const { interface: of, function: made, type: index } = record(item)
      if (index !== undefined) return [undefined, fullType(index)]
      if (made !== undefined) return [undefined, inside(made)]
      const { id, ...rest } = record(of)
      const name = interfaceName(id)
      return name === 'inline' ? [undefined, { ...rest, body: body(id) }] : [name, rest]
    })
  return Object.fromEntries(
    list(packages)
      .map((each) => {
        const { name, interfaces: own, worlds: ownWorlds, ...rest } = record(each)
        const written = {
          ...rest,
          interfaces: sorted(own, (index) => [undefined, body(index)]),
          worlds: sorted(ownWorlds, (index) => {
            const { imports, exports, package: _, ...described } = record(list(worlds)[Number(index)])
            return [undefined, { ...described, imports: worldItems(imports), exports: worldItems(exports) }]
          }),
        }
        return [String(name), written] as const
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Where two values differ first: `a:b.worlds.w: [...] instead of [...]`. */
export function firstDifference(found: Json | undefined, wanted: Json | undefined, path = ''): string | undefined {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return undefined
  if (isRecord(found) && isRecord(wanted)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
      const inner = firstDifference(found[key], wanted[key], `${path}.${key}`)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  if (Array.isArray(found) && Array.isArray(wanted) && found.length === wanted.length)
    return found
      .map((each, index) => firstDifference(each, wanted[index], `${path}.${index}`))
      .find((one) => one !== undefined)
  const show = (value: Json | undefined): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160)
  return `${path.slice(1)}: ${show(found)} instead of ${show(wanted)}`
}
