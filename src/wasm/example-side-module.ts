import { valueTypes } from './core-module.ts'
import { assemble, body, custom, exported, functionType } from './example-module.ts'
import { name, section, sleb, uleb, vectorSection, type Bytes } from './writer.ts'

// A main module and a side module for the linker, put together byte by byte.

const { i32 } = valueTypes

/** Exports `twice`, `apply` (calls an element of its table), `negate` (element 1) and `unary` (a type of its own). */
export const mainModule = assemble(
  vectorSection(1, [functionType([i32], [i32]), functionType([i32, i32], [i32])]),
  vectorSection(2, [[...name('host'), ...name('log'), 0, 0]]),
  vectorSection(3, [[0], [1], [0]]),
  vectorSection(4, [[0x70, 0, 3]]),
  vectorSection(5, [[0, 1]]),
  vectorSection(6, [
    [i32, 1, 0x41, ...sleb(4096), 0x0b],
    [i32, 0, 0x41, ...sleb(512), 0x0b],
  ]),
  vectorSection(7, [
    exported('memory', 2, 0),
    exported('twice', 0, 1),
    exported('apply', 0, 2),
    exported('negate', 0, 3),
    exported('__stack_pointer', 3, 0),
    exported('main_data', 3, 1),
  ]),
  vectorSection(9, [[0, 0x41, 1, 0x0b, 1, 3]]),
  vectorSection(10, [body(0x20, 0, 0x41, 2, 0x6c), body(0x20, 1, 0x20, 0, 0x11, 0, 0), body(0x41, 0, 0x20, 0, 0x6b)]),
)

const got = (module: string, title: string): number[] => [...name(module), ...name(title), 3, i32, 1]
const wanted = (title: string, type: number): number[] => [...name('env'), ...name(title), 0, type]

/** The value of a global, times a factor. */
const place = (global: number, factor: number): number[] => [0x23, global, 0x41, ...sleb(factor), 0x6c]

export const sideSections: Readonly<Record<string, Bytes[]>> = {
  // Memory: 64 bytes aligned to 16; table: 1 element aligned to 4.
  dylink: custom('dylink.0', [1, 4, 64, 4, 1, 2, 2, 3, 1, ...name('c')]),
  type: vectorSection(1, [functionType([], []), functionType([i32], [i32]), functionType([], [i32])]),
  import: vectorSection(2, [
    wanted('twice', 1), // function 0: main's
    wanted('log', 1), // function 1: what main imports
    wanted('missing', 1), // function 2: nobody's
    wanted('own', 2), // function 3: the side module's own
    wanted('apply', 1), // function 4: main's has another signature
    [...name('env'), ...name('__stack_pointer'), 3, i32, 1], // global 0
    [...name('env'), ...name('__memory_base'), 3, i32, 0], // global 1
    [...name('env'), ...name('__table_base'), 3, i32, 0], // global 2
    got('GOT.func', 'negate'), // global 3
    got('GOT.func', 'own'), // global 4
    got('GOT.mem', 'side_data'), // global 5
    got('GOT.mem', 'main_data'), // global 6
    got('GOT.func', 'nowhere'), // global 7
    [...name('env'), ...name('memory'), 2, 0, 1],
    [...name('env'), ...name('__indirect_function_table'), 1, 0x70, 0, 1],
  ]),
  function: vectorSection(3, [[1], [2], [0], [2], [1]]),
  global: vectorSection(6, [[i32, 0, 0x41, 8, 0x0b]]), // global 8: the address of side_data, from the memory base
  export: vectorSection(7, [
    exported('quadruple', 0, 5),
    exported('own', 0, 6),
    exported('addresses', 0, 8),
    exported('broken', 0, 9),
    exported('side_data', 3, 8),
  ]),
  start: section(8, [uleb(7)]),
  element: vectorSection(9, [[0, 0x23, 2, 0x0b, 1, 5]]),
  code: vectorSection(10, [
    // quadruple: twice of twice, one of them in a block that has a type.
    body(0x20, 0, 0x02, 1, 0x10, 0, 0x0b, 0x10, 0),
    body(0x41, ...sleb(77)), // own
    body(0x23, 1, 0x41, 42, 0x36, 2, 16), // start: writes 42 to memory base + 16
    // addresses: the addresses as one number, each in its decimal place.
    body(...place(3, 1), ...place(4, 100), 0x6a, ...place(5, 10_000), 0x6a, 0x23, 7, 0x6a),
    body(0x20, 0, 0x10, 2, 0x1a, 0x10, 3, 0x20, 0, 0x10, 4, 0x6a), // broken: calls what is missing
  ]),
  data: vectorSection(11, [
    [0, 0x23, 1, 0x0b, 2, 5, 6],
    [0, 0x23, 1, 0x41, 8, 0x6a, 0x0b, 1, 7],
  ]),
}

export const sideModule = assemble(...Object.values(sideSections))
