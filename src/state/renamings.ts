import type { MemberRenaming } from '../component/rename-member.ts'
import type { State } from './state.ts'

/** An export of the world as calls name it. */
export interface CalledName {
  readonly interface: string | undefined
  /** `add`, `[method]item.total` */
  readonly name: string
}

/** What has another name in the WIT from now on. */
export interface Renaming {
  readonly world: { readonly from: string; readonly to: string } | undefined
  readonly calls: readonly { readonly from: CalledName; readonly to: CalledName }[]
  /** What becomes of the values in calls, where a field, a case or a flag has another name. */
  readonly values: MemberRenaming | undefined
}

export const reversed = ({ world, calls, values }: Renaming): Renaming => ({
  world: world && { from: world.to, to: world.from },
  calls: calls.map(({ from, to }) => ({ from: to, to: from })),
  values: values && { forth: values.back, back: values.forth },
})

/** What a project says about its WIT, beside the files of it. */
export type SaidOfWit = Pick<State, 'project' | 'call'>

/** The same where the WIT has other names. */
export function renamed({ project, call }: SaidOfWit, { world, calls: renamings, values }: Renaming): SaidOfWit {
  const isChosen = world !== undefined && project.world === world.from
  const follow = (each: string): string => renamedCall(values?.forth(each) ?? each, renamings)
  const calls = project.calls?.map(follow)
  const isOther = isChosen || calls?.some((each, at) => each !== project.calls?.[at])
  return {
    project: isOther ? { ...project, ...(isChosen && { world: world.to }), ...(calls && { calls }) } : project,
    call: follow(call),
  }
}

/** The same call of what has another name. */
export function renamedCall(call: string, renamed: Renaming['calls']): string {
  const [, space = '', head = '', rest = ''] = /^(\s*)((?:new\s+)?[^\s("'{},]*)(.*)$/s.exec(call) ?? []
  const written = head.replace(/^new\s+/, 'new ')
  const found = new Set(
    renamed.flatMap(({ from, to }) => {
      const at = spellings(from).indexOf(written)
      return at === -1 ? [] : [spellings(to)[at] ?? written]
    }),
  )
  const [name] = found
  // Two of them: the call names neither.
  return name === undefined || found.size > 1 ? call : `${space}${name}${rest}`
}

/** The ways to name an export in a call, in an order that is the same for all. */
function spellings({ interface: owner, name }: CalledName): string[] {
  const [, kind, plain = name] = /^\[(constructor|method|static)\](.*)$/.exec(name) ?? []
  const start = kind === 'constructor' ? 'new ' : ''
  const bare = owner?.replace(/@.*$/, '')
  const owners = owner === undefined ? [] : [owner, bare, bare?.slice(bare.lastIndexOf('/') + 1)]
  return [...owners.map((each) => `${each}#`), ''].flatMap((each) => [`${each}${name}`, `${start}${each}${plain}`])
}
