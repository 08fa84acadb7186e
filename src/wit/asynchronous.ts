import type { Definition, Package } from './packages.ts'
import type { FunctionType, InterfaceItem } from './tree.ts'
import { walkType } from './type-parts.ts'

/** What waits for others, which no component that is built here can do yet: to be said before somebody imports it. */
export const unbuildable = 'asynchronous: cannot be built yet'

/** Whether a function of the interface is `async`, or has a stream or a future; of a world: of one in its package. */
export const isAsynchronous = ({ node, package: home }: Definition): boolean =>
  node.kind === 'interface' ? node.items.some(waits) : inPackage(home)

const inPackage = ({ definitions }: Package): boolean =>
  [...definitions.values()].some(({ node }) => node.kind === 'interface' && node.items.some(waits))

const waits = (item: InterfaceItem): boolean =>
  item.kind === 'function'
    ? isWaiting(item.type)
    : item.kind === 'resource' && item.methods.some(({ type }) => isWaiting(type))

function isWaiting({ async, parameters, result }: FunctionType): boolean {
  let found = async
  for (const type of [...parameters.map((each) => each.type), ...(result ? [result] : [])])
    walkType(type, ({ kind }) => {
      if (kind === 'stream' || kind === 'future') found = true
    })
  return found
}
