import { beforeAll, expect, it } from 'vitest'
import { resolveWit } from '../../../../wit/check.ts'
import { guestNames } from '../../../../wit/guest-names.ts'
import { SymbolIndex } from '../../../../wit/symbols.ts'
import { decodeWorld } from '../../../../component/decode-world.ts'
import { loadTools } from '../../../jco/node.ts'
import type { JcoTools } from '../../../jco/tools.ts'
import { exportTable } from './export-table.ts'
import { planWorld } from './plan.ts'

let tools: JcoTools
beforeAll(async () => {
  tools = await loadTools()
}, 60_000)

/** What the engine looks for in the entry, by the name of the call. */
function wantedByEngine(wit: string): Record<string, string> {
  const plan = planWorld(decodeWorld(tools.componentEmbed({ dummy: true, witSource: wit, world: 'w' })))
  if (!plan.ok) throw new Error(plan.fault.message)
  const { entries } = exportTable(plan.value)
  return Object.fromEntries(entries.map(({ label, path }) => [label, path.join('.')]))
}

/** What the editor takes for its place there. */
function namedInEditor(wit: string): Record<string, string> {
  const names = guestNames(new SymbolIndex(resolveWit({ 'world.wit': wit }, [])), 'w')
  return Object.fromEntries(
    names.flatMap(({ exported, call }) =>
      exported && call ? [[call.interface ? `${call.interface}#${call.name}` : call.name, exported.join('.')]] : [],
    ),
  )
}

it.each([
  ['of an interface and of the world', 'interface i { f: func(); } world w { export i; export g: func(); }', ''],
  [
    'of a resource',
    'interface i { resource r { constructor(); m: func(); s: static func(); } } world w { export i; }',
    '',
  ],
  [
    'of two interfaces of one label',
    'interface i { f: func(); } world w { export p:q/i; export i; }',
    'interface i { g: func(); }',
  ],
  [
    'beside an interface of types alone',
    'interface i { f: func(); } world w { export p:q/i; export i; }',
    'interface i { type t = u8; }',
  ],
  [
    'beside an interface of resources alone',
    'interface i { f: func(); } world w { export p:q/i; export i; }',
    'interface i { resource r; }',
  ],
  ['beside a function of the label', 'interface i { f: func(); } world w { export i; export %i: func(); }', ''],
  ['of an interface written in the world', 'world w { export in-line: interface { do-it: func(); } }', ''],
])('finds the exports %s where the engine looks for them', (_, own, other) => {
  const wit = `package a:b; ${own} ${other && `package p:q { ${other} }`}`
  const wanted = wantedByEngine(wit)
  const named = namedInEditor(wit)
  expect(Object.keys(named).length).toBeGreaterThan(0)
  // A constructor is found with its class, under whose name the engine looks for it.
  const others = Object.entries(named).filter(([label]) => !label.includes('[constructor]'))
  for (const [label, path] of others) expect([label, path]).toEqual([label, wanted[label]])
})
