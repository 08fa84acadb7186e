import ts from 'typescript'
import { decodeWorld } from '../../../component/decode-world.ts'
import { mended } from '../../../state/mend.ts'
import type { Fix } from '../../../contract/fault.ts'
import { completeTypes } from '../../../toolchain/engines/quickjs/binding/guest-types.ts'
import { planWorld } from '../../../toolchain/engines/quickjs/binding/plan.ts'
import { assembleWit } from '../../../toolchain/wit/source.ts'
import { builtinWit } from '../../../../scripts/generate/builtin-wit.ts'
import { loadTools } from '../../../toolchain/jco/node.ts'
import { guestLib } from '../guest-lib.ts'
import { serviceOf } from '../service.fixture.ts'
import { checkExports } from './check-exports.ts'
import { exportProblems } from './export-problems.ts'
import type { ExportProblem } from './with-exports.ts'

export interface Checked {
  /** Undefined where the entry cannot be read. */
  readonly problems: readonly ExportProblem[] | undefined
  /** What TypeScript itself says, as `file:line message`. */
  readonly typeErrors: readonly string[]
}

export interface Guest {
  readonly guestTypes: Readonly<Record<string, string>>
  check(files: Readonly<Record<string, string>>): Promise<Checked>
  /** The files after the fix, and what is wrong with them then. */
  mend(files: Readonly<Record<string, string>>, fix: Fix): Promise<Checked & { readonly text: string }>
}

/** The projects of a world. */
export async function guestOf(wit: string): Promise<Guest> {
  const tools = await loadTools()
  const assembled = assembleWit({ 'world.wit': wit }, undefined, builtinWit())
  if (!assembled.ok) throw new Error(assembled.fault.message)
  const { source: witSource, world: name } = assembled.value
  const world = decodeWorld(tools.componentEmbed({ dummy: true, witSource, world: name }))
  const plan = planWorld(world)
  if (!plan.ok) throw new Error(plan.fault.message)
  const generated = tools.generateTypes('world', { wit: { tag: 'source', val: witSource }, world: name, guest: true })
  const declared = Object.fromEntries(generated.map(([file, bytes]) => [file, new TextDecoder().decode(bytes)]))
  const guestTypes = completeTypes(declared, world, plan.value)
  const libs: Record<string, string> = { '/types/engine.d.ts': guestLib }
  for (const [file, text] of Object.entries(guestTypes)) libs[`/types/${file}`] = text

  async function check(files: Readonly<Record<string, string>>): Promise<Checked> {
    const own = Object.keys(files).filter((file) => file.endsWith('.ts'))
    const service = serviceOf({ ...libs, ...Object.fromEntries(own.map((file) => [`/${file}`, files[file] ?? ''])) })
    let readable = true
    const problems = await exportProblems({
      world,
      entry: 'main.ts',
      files,
      pathOf: (file) => file.slice(1),
      ask: async (wanted) => {
        // What goes to the worker and comes back from it is data.
        const findings = checkExports(ts, service, '/main.ts', structuredClone(wanted))
        readable = findings !== undefined
        return structuredClone(findings ?? [])
      },
    })
    const typeErrors = own.flatMap((file) =>
      [...service.getSyntacticDiagnostics(`/${file}`), ...service.getSemanticDiagnostics(`/${file}`)].map(
        ({ start, messageText }) => {
          const line = (files[file] ?? '').slice(0, start).split('\n').length
          return `${file}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
        },
      ),
    )
    return { problems: readable ? problems : undefined, typeErrors }
  }

  return {
    guestTypes,
    check,
    async mend(files, fix) {
      const changed = mended(files, fix)
      if (!changed) throw new Error(`${fix.title} changes nothing`)
      return { text: changed.text, ...(await check({ ...files, [changed.file]: changed.text })) }
    },
  }
}
