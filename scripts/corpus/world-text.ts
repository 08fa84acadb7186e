/** Row 14: binary worlds, their text, and what our own resolver says of the same source. */
import { isDeepStrictEqual } from 'node:util'
import { decodeWorld } from '../../src/component/decode-world.ts'
import type { World, WorldItem } from '../../src/component/types.ts'
import { worldText } from '../../src/component/wit-text.ts'
import { checkWit, resolveWit } from '../../src/wit/check.ts'
import { formatWit } from '../../src/wit/format.ts'
import { dependencyOf } from '../../src/wit/packages.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { type Case, cases, type Files, type Row, wasi } from './files.ts'
import type { Jco } from './jco.ts'
import { fullName, worldOf } from './world-of.ts'

/** The core module that holds a world of a text; undefined where the tools refuse the text. */
export type Embed = (text: string, world: string) => Promise<Uint8Array | string>

/** The files of a project as one text, its dependencies as packages in braces. */
export function oneText(files: Files): string {
  const packages = new Map<string, { name: string | undefined; bodies: string[]; blocks: string[] }>()
  for (const path of Object.keys(files).toSorted()) {
    const text = files[path] ?? ''
    if (!path.endsWith('.wit')) continue
    const { file } = parseWit(text)
    const owner = dependencyOf(path) ?? ''
    const one = packages.get(owner) ?? { name: undefined, bodies: [], blocks: [] }
    packages.set(owner, one)
    if (file.package) one.name ??= text.slice(file.package.name.start, file.package.name.end)
    const from = file.package?.end ?? 0
    const blocks = file.items.filter((item) => item.kind === 'package-block')
    let body = text
    for (const block of blocks.toReversed()) body = body.slice(0, block.start) + body.slice(block.end)
    one.bodies.push(body.slice(from))
    one.blocks.push(...blocks.map((block) => text.slice(block.start, block.end)))
  }
  const root = packages.get('')
  const braced = [...packages].flatMap(([owner, { name, bodies }]) =>
    owner === '' || name === undefined ? [] : [`package ${name} {\n${bodies.join('\n')}\n}`],
  )
  const blocks = [...packages.values()].flatMap((one) => one.blocks)
  const head = root?.name === undefined ? '' : `package ${root.name};\n`
  return [head, ...(root?.bodies ?? []), ...braced, ...blocks].join('\n')
}

/** A world of the corpora: the text that has it, its full name there, and what our own resolver makes of it. */
export interface SourceWorld {
  readonly name: string
  /** The world as the tools find it in the text: names of the root package need no package, which may be a keyword. */
  readonly selector: string
  readonly text: string
  readonly resolved: World
}

/** Every world of a case, those of its dependencies included, with all features on. */
export function sourceWorlds(files: Files): SourceWorld[] {
  const resolution = resolveWit(files)
  const wit = resolvedWit(resolution, 'all')
  const text = oneText(files)
  return wit.worlds.map(({ name: plain, package: of }, index) => {
    const name = fullName(wit, of, plain)
    const selector = wit.packages[of]?.name === resolution.packages.root?.key ? plain : name
    return { name, selector, text, resolved: worldOf(wit, index) }
  })
}

/** What is wrong with the text of a world by our own front end; empty where it is right. */
export function faultsOfWorld(world: World): string[] {
  const text = worldText(world)
  const problems = checkWit({ 'a.wit': text })
  if (problems.length > 0)
    return problems.map(({ message, place }) => `its text has a mistake: ${place?.line ?? 0}: ${message}\n${text}`)
  if (formatWit(parseWit(text)) !== text) return [`its text is not formatted:\n${text}`]
  const again = sourceWorlds({ 'a.wit': text }).find(({ name }) => name === world.name)
  return again && isSame(again.resolved, world) ? [] : [`its text resolves as another world:\n${text}`]
}

/** The same, and by the tools. */
export async function faultsOfText(world: World, embed: Embed): Promise<string[]> {
  const faults = faultsOfWorld(world)
  if (faults.length > 0) return faults
  const text = worldText(world)
  const again = await embed(text, plainName(world.name ?? ''))
  if (typeof again === 'string') return [`its text does not embed: ${again}\n${text}`]
  // The tools list everything in the same order again.
  return isDeepStrictEqual(numbered(decodeWorld(again)), numbered(world))
    ? []
    : [`its text embeds as another world:\n${text}`]
}

/** The name of a world within its package. */
const plainName = (name: string): string => name.replace(/^.*\/|@.*$/g, '')

/** Whether two worlds have the same, in whatever order. */
export const isSame = (a: World, b: World): boolean => isDeepStrictEqual(numbered(sorted(a)), numbered(sorted(b)))

/** A world in an order of its own: what worlds and interfaces have are sets, and tools list them in different orders. */
const sorted = (world: World): World => {
  const byName = <T extends { readonly kind: string; readonly name: string }>(items: readonly T[]): T[] =>
    items.toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1))
  const inside = (item: WorldItem): WorldItem =>
    item.kind === 'interface' ? { ...item, types: byName(item.types), functions: byName(item.functions) } : item
  const { imports, exports } = world
  return { ...world, imports: byName(imports).map(inside), exports: byName(exports).map(inside) }
}

/** A world with a number on each type that has a name, the same one where it is the same type. */
function numbered(world: World): unknown {
  const numbers = new Map<object, number>()
  return JSON.parse(
    JSON.stringify(world, (_, part: unknown) => {
      if (typeof part !== 'object' || part === null || !('kind' in part) || !('name' in part)) return part
      if (part.kind === 'interface' || part.kind === 'type' || part.kind === 'function') return part
      const number = numbers.get(part) ?? numbers.size
      if (numbers.has(part)) return { same: number }
      numbers.set(part, number)
      return { ...part, number }
    }),
  )
}

export const corpusCases = (): Case[] => [
  ...cases('wit/good').map((each) => ({ ...each, name: `wit/good/${each.name}` })),
  ...cases('wit/worlds').map((each) => ({ ...each, name: `wit/worlds/${each.name}` })),
  ...wasi(),
]

/** Cases that cannot be handed to the tools, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'wit/good/foreign-world-dep-gated.wit': 'with all features on it imports a world where an interface is due',
  'wit/good/kinds-of-deps': 'dependencies in binary form cannot stand in one text',
  'wit/good/many-names': 'its files give one name to different things, which one text cannot',
}

export const worldTextRow = async (jco: Jco): Promise<Row> => {
  const embed: Embed = async (text, world) => {
    const answer = await jco.ask('embedded', text, world)
    if (answer.kind === 'ok') return Buffer.from(answer.files['core'] ?? '', 'base64')
    return 'message' in answer ? `${answer.kind}: ${answer.message}` : answer.kind
  }
  const details: string[] = []
  let [all, excepted, judged, equal, right] = [0, 0, 0, 0, 0]
  const seen = new Set<string>()
  for (const { name: file, files } of corpusCases())
    for (const { name, selector, text, resolved } of sourceWorlds(files)) {
      // Every package of a release of WASI has the others as its dependencies.
      const key = file.startsWith('wasi/') ? name : `${file} ${name}`
      if (seen.has(key)) continue
      seen.add(key)
      all += 1
      const core = await embed(text, selector)
      if (typeof core === 'string') {
        const reason = exceptions[file]
        if (reason !== undefined) excepted += 1
        details.push(`${file}, ${name}: not embedded: ${reason ?? core.split('\n')[0] ?? ''}`)
        continue
      }
      judged += 1
      const world = decodeWorld(core)
      if (!isSame(world, resolved)) details.push(`${file}, ${name}: decoded, it is not what our resolver says`)
      else equal += 1
      const faults = await faultsOfText(world, embed)
      if (faults.length === 0) right += 1
      else details.push(...faults.map((fault) => `${file}, ${name}: ${fault}`))
    }
  return {
    id: 14,
    requirement:
      'a decoded world equals what our resolver says of its source; its text has no mistakes, is formatted, embeds as the same',
    target: 'all but 5, which are named with their reasons',
    reached: `${equal} of ${all} worlds equal, ${right} of ${all} texts, and ${excepted} not embedded as expected`,
    ok: judged > 0 && judged + excepted === all && equal === judged && right === judged,
    details,
  }
}
