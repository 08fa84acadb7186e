import { MalformedBinary } from './reader.ts'
import { layer, readSections, sectionIds } from './sections.ts'
import { concat, section, type Bytes } from './writer.ts'

const { component: ids } = sectionIds

/** A component cut in three around one of its core modules. */
export interface SplitComponent {
  /** Everything up to the section of the core module; the section's id and size are not part of it. */
  readonly before: Uint8Array
  readonly core: Uint8Array
  readonly after: Uint8Array
}

/** Cuts a component around its core module number `index`, those of nested components not counted. Views, no copies. */
export function splitAroundCoreModule(component: Uint8Array, index = 0): SplitComponent {
  if (layer(component) !== 'component') throw new MalformedBinary(0, 'no preamble of a component')
  const found = readSections(component).filter((section) => section.id === ids.coreModule)[index]
  if (found === undefined) throw new MalformedBinary(0, `component without a core module ${index}`)
  return {
    before: component.subarray(0, found.start),
    core: component.subarray(found.body, found.end),
    after: component.subarray(found.end),
  }
}

/** The other way round: a component with `core`, whole or in parts, between `before` and `after`. */
export function joinAroundCoreModule(
  before: Uint8Array,
  core: Uint8Array | readonly Bytes[],
  after: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const parts = core instanceof Uint8Array ? [core] : core
  return concat([before, ...section(ids.coreModule, parts), after])
}

/** All core modules in a component, those of nested components included, in the order of their bytes. */
export function coreModules(component: Uint8Array): Uint8Array[] {
  if (layer(component) !== 'component') throw new MalformedBinary(0, 'no preamble of a component')
  const modules: Uint8Array[] = []
  // A list of what is still to do instead of recursion: how deep components nest is up to whoever wrote them.
  const open = [component]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (layer(next) === 'module') {
      modules.push(next)
      continue
    }
    const whole = next
    for (const { id, body, end } of readSections(whole).toReversed()) {
      if (id === ids.coreModule || id === ids.component) open.push(whole.subarray(body, end))
    }
  }
  return modules
}
