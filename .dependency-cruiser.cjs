/** Dependencies point one way: ui -> state -> {toolchain, runner, project} -> {component, wit, wasi} -> wasm -> contract. */
const only = (room, allowed) => ({
  name: `${room}-depends-downwards`,
  severity: 'error',
  // Tests may hold one room against another.
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[room, 'contract', ...allowed].join('|')})/` },
})
const below = ['component', 'wit', 'wasi', 'wasm']
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contract-depends-on-nothing',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { path: '^src/', pathNot: '^src/contract/' },
    },
    only('wasm', []),
    only('component', ['wasm']),
    only('wit', ['wasm']),
    only('wasi', ['wasm']),
    only('toolchain', below),
    only('runner', below),
    only('project', below),
    only('state', ['toolchain', 'runner', 'project', ...below]),
    only('ui', ['state', 'toolchain', 'runner', 'project', ...below]),
    {
      name: 'only-toolchain-imports-jco',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/toolchain/' },
      to: { path: 'node_modules/@bytecodealliance' },
    },
    {
      name: 'only-editors-import-monaco',
      severity: 'error',
      from: { path: '^src/', pathNot: '(^src/ui/editor/|/monaco\\.ts$)' },
      to: { path: 'node_modules/monaco-editor' },
    },
    {
      name: 'pure-rooms-use-no-packages',
      severity: 'error',
      from: { path: '^src/(contract|wasm|component|wit|wasi)/', pathNot: '\\.test\\.ts$' },
      to: { path: '(^|/)node_modules/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
}
