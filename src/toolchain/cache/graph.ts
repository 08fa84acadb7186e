/**
 * Plain data as a table: every object stands in it once, however often it is used, and refers to others by their index.
 * A world's types are shared objects; written as a tree, a type that uses another twice would double with every level.
 * An object refers only to objects before it, so whatever is read back has no cycle.
 */

type Cell = string | number | boolean | null | readonly [index: number]
export type Graph = readonly (readonly Cell[] | Readonly<Record<string, Cell>>)[]

/** Throws for what is no plain data. Members that are undefined are left out. */
export function writeGraph(root: unknown): Graph {
  const rows: (Cell[] | Record<string, Cell>)[] = []
  const known = new Map<object, number>()
  const open = new Set<object>()
  const cell = (value: unknown): Cell => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value !== 'object') throw new TypeError(`a ${typeof value} is no plain data`)
    return [row(value)]
  }
  const row = (value: object): number => {
    const found = known.get(value)
    if (found !== undefined) return found
    if (open.has(value)) throw new TypeError('the data contains itself')
    open.add(value)
    const entries = Object.entries(value).filter(([, member]) => member !== undefined)
    const written = Array.isArray(value)
      ? value.map(cell)
      : Object.fromEntries(entries.map(([name, member]) => [name, cell(member)]))
    open.delete(value)
    known.set(value, rows.length)
    return rows.push(written) - 1
  }
  cell(root)
  return rows
}

/** Reads a table; throws where it is none. The root is the last object. */
export function readGraph(table: unknown): unknown {
  if (!Array.isArray(table) || table.length === 0) throw new TypeError('there is no table')
  const objects: object[] = []
  const member = (cell: unknown): unknown => {
    if (!Array.isArray(cell)) {
      if (typeof cell === 'object' && cell !== null) throw new TypeError('a table holds objects by index only')
      return cell
    }
    const [index] = cell
    const object: object | undefined = Number.isInteger(index) && cell.length === 1 ? objects[index] : undefined
    if (object === undefined) throw new TypeError('an index of the table leads nowhere')
    return object
  }
  for (const row of table) {
    if (Array.isArray(row)) objects.push(row.map(member))
    else if (typeof row === 'object' && row !== null) {
      objects.push(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, member(cell)])))
    } else throw new TypeError('a row of the table is no object')
  }
  return objects.at(-1)
}
