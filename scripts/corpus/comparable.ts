/**
 * Two resolved packages are equal where they differ only in how their tables are numbered: here every index is replaced
 * by the name of what it leads to. Types, functions, and what worlds import and export keep their order; packages and their
 * interfaces are in that of the tables.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const record = (value: Json | undefined): { readonly [key: string]: Json } => (isRecord(value) ? value : {})
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const entries = (value: Json | undefined): [string, Json][] => Object.entries(record(value))

/** The properties of one thing, in an order that says nothing. */
const unordered = (value: { readonly [key: string]: Json }): Json =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const mapped = (value: Json | undefined, entry: (each: Json, key: string) => Json): Json =>
  Object.fromEntries(entries(value).map(([key, each]) => [key, entry(each, key)]))

/** Names by which the entries of the tables are known, and the resolved packages written with them. */
export function comparable(resolved: Json): Json {
  const { worlds, interfaces, types, packages } = record(resolved)
  const packageName = (index: Json | undefined): string => {
    const { name } = record(list(packages)[Number(index)])
    return typeof name === 'string' ? name : `no package ${JSON.stringify(index)}`
  }
  const worldName = (index: Json | undefined): string => {
    const { name, package: of } = record(list(worlds)[Number(index)])
    return typeof name === 'string' ? `${packageName(of)}/${name}` : `no world ${JSON.stringify(index)}`
  }
  /** Interfaces written in a world are called by it and by the first label that they have there. */
  const inline = new Map<Json, string>()
  for (const [index, world] of list(worlds).entries())
    for (const direction of ['imports', 'exports'])
      for (const [label, item] of entries(record(world)[direction])) {
        const { id } = record(record(item)['interface'])
        if (typeof id === 'number' && record(list(interfaces)[id])['name'] === null && !inline.has(id))
          inline.set(id, `${worldName(index)} ${direction} ${label}`)
      }
  const interfaceName = (index: Json | undefined): string => {
    const { name, package: of } = record(list(interfaces)[Number(index)])
    if (typeof name === 'string') return `${packageName(of)}/${name}`
    return inline.get(index ?? null) ?? `no interface ${JSON.stringify(index)}`
  }
  const ownerName = (owner: Json | undefined): string => {
    const { interface: inside, world } = record(owner)
    return inside === undefined ? worldName(world) : interfaceName(inside)
  }
  const type = (use: Json | undefined): Json => {
    if (typeof use !== 'number') return use ?? null
    const { name, kind, owner } = record(list(types)[use])
    return name === null ? kindOf(kind) : `${ownerName(owner)}#${String(name)}`
  }
  /** Everything of a kind that is a number is a type, except for lengths. */
  const kindOf = (kind: Json | undefined): Json => {
    if (!isRecord(kind)) return kind ?? null
    return mapped(kind, (value, key) =>
      key === 'fixed-length-list' ? [type(list(value)[0]), list(value)[1] ?? null] : inside(value),
    )
  }
  const inside = (value: Json): Json => {
    if (typeof value === 'number') return type(value)
    if (Array.isArray(value)) return value.map(inside)
    return isRecord(value) ? unordered(record(mapped(value, inside))) : value
  }
  const fullType = (index: Json): Json => {
    const { kind, owner, ...rest } = record(list(types)[Number(index)])
    return unordered({ ...rest, owner: ownerName(owner), kind: kindOf(kind) })
  }
  const body = (index: Json | undefined): Json => {
    const { types: own, functions, package: of, ...rest } = record(list(interfaces)[Number(index)])
    return unordered({
      ...rest,
      package: packageName(of),
      types: mapped(own, fullType),
      functions: mapped(functions, inside),
    })
  }
  const worldItems = (items: Json | undefined): Json =>
    Object.fromEntries(
      entries(items).map(([key, item]): [string, Json] => {
        const { interface: of, function: made, type: index } = record(item)
        if (index !== undefined) return [key, { type: fullType(index) }]
        if (made !== undefined) return [key, { function: inside(made) }]
        const { id, ...rest } = record(of)
        const name = interfaceName(id)
        const what = inline.get(id ?? null) === name ? body(id) : name
        return [key === `interface-${String(id)}` ? name : key, unordered({ ...rest, interface: what })]
      }),
    )
  const world = (index: Json): Json => {
    const { imports, exports, package: of, ...rest } = record(list(worlds)[Number(index)])
    const items = { imports: worldItems(imports), exports: worldItems(exports) }
    return unordered({ ...rest, package: packageName(of), ...items })
  }
  return {
    packages: unordered(
      Object.fromEntries(
        list(packages).map((each): [string, Json] => {
          const { name, interfaces: own, worlds: ownWorlds, ...rest } = record(each)
          return [
            String(name),
            unordered({
              ...rest,
              interfaces: unordered(record(mapped(own, body))),
              worlds: mapped(ownWorlds, world),
            }),
          ]
        }),
      ),
    ),
    // What no package lists would not be seen above.
    tables: { worlds: list(worlds).length, interfaces: list(interfaces).length },
  }
}

export interface Difference {
  /** `packages.a:b.worlds.w` */
  readonly path: string
  readonly message: string
}

/** Every place at which two values differ. */
export function differences(found: Json | undefined, wanted: Json | undefined, path = ''): Difference[] {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return []
  const show = (value: Json | undefined): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160)
  const say = (message: string): Difference[] => [{ path, message }]
  const below = (key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`)
  if (isRecord(found) && isRecord(wanted)) {
    const [ours, theirs] = [Object.keys(found), Object.keys(wanted)]
    const inner = [...new Set([...theirs, ...ours])].flatMap((key) => differences(found[key], wanted[key], below(key)))
    return inner.length > 0 ? inner : say(`in the order ${ours.join(', ')} instead of ${theirs.join(', ')}`)
  }
  if (Array.isArray(found) && Array.isArray(wanted) && found.length === wanted.length)
    return found.flatMap((each, index) => differences(each, wanted[index], below(index)))
  return say(`${show(found)} instead of ${show(wanted)}`)
}
