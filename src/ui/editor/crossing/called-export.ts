import type { GuestCall } from '../../../wit/guest-names.ts'

/** What the world exports, with where the entry has it. */
export interface NamedExport {
  readonly exported: readonly string[]
  readonly call: GuestCall | undefined
}

/**
 * Where the entry has what a call across the boundary names: `demo:shop/cart@1.0.0#[method]item.total`, those of WASI
 * without version. The start and the end of a resource are those of its class.
 */
export function calledExport(name: string, exports: readonly NamedExport[]): readonly string[] | undefined {
  const [, owner, item = name] = /^(.*)#(.*)$/.exec(name) ?? []
  const [, resource] = /^\[(?:constructor|resource-drop)\](.*)$/.exec(item) ?? []
  const isSame = (call: GuestCall): boolean =>
    resource === undefined
      ? call.name === item
      : /^\[(?:constructor|method|static)\]([^.]*)/.exec(call.name)?.[1] === resource
  const found = exports.filter(
    ({ call }) => call && isSame(call) && call.interface?.split('@')[0] === owner?.split('@')[0],
  )
  const exact = found.find(({ call }) => call?.interface === owner) ?? found[0]
  if (exact === undefined || resource === undefined) return exact?.exported
  // Of a member of the class, the class.
  return exact.exported.slice(0, owner === undefined ? 1 : 2)
}
