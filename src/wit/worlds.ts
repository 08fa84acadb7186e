import type { Place } from '../contract/fault.ts'
import type { TopLevelItem } from './tree.ts'
import { dependencyOf, openSource, packageKey } from './packages.ts'
import { placeOf } from './text.ts'

/** A world of the root package, or of a package in braces in one of its files. */
export interface ListedWorld {
  readonly name: string
  readonly file: string
  /** `ns:name@version`; absent where no file says which package this is. */
  readonly package?: string
  /** The world's name in the text. */
  readonly place: Place
  /** Whether it belongs to the root package itself. */
  readonly root: boolean
}

/** The worlds of a project in order of file and position, those of the root package first. Reads broken text too. */
export const listWorlds = (files: Readonly<Record<string, string>>): ListedWorld[] => {
  const paths = Object.keys(files)
    .filter((path) => path.endsWith('.wit') && dependencyOf(path) === undefined)
    .toSorted()
  const sources = paths.map((path) => openSource(path, files[path] ?? '', 'root'))
  const declaration = sources.map(({ parsed }) => parsed.file.package).find((one) => one !== undefined)?.name
  const root =
    declaration === undefined
      ? undefined
      : packageKey(declaration.namespace.text, declaration.name.text, declaration.version)
  const found: ListedWorld[] = []
  for (const { file, parsed, starts } of sources) {
    const collect = (items: readonly TopLevelItem[], owner: string | undefined, isRoot: boolean): void => {
      for (const item of items) {
        if (item.kind === 'package-block')
          collect(item.items, packageKey(item.name.namespace.text, item.name.name.text, item.name.version), false)
        if (item.kind !== 'world' || item.name.missing) continue
        const place = placeOf(file, starts, item.name)
        const world = { name: item.name.text, file, place, root: isRoot }
        found.push(owner === undefined ? world : { ...world, package: owner })
      }
    }
    collect(parsed.file.items, root, true)
  }
  return [...found.filter((one) => one.root), ...found.filter((one) => !one.root)]
}
