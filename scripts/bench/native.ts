// The same edit on the command line: jco componentize, jco transpile, node. Run beside the page's, so that the ratio is of
// one machine at one time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup.mjs'

export interface NativeLoop {
  /** Wall-clock milliseconds of each whole loop. */
  readonly loops: readonly number[]
  readonly steps: readonly { readonly componentize: number; readonly transpile: number; readonly run: number }[]
}

export function nativeLoop(
  wit: string,
  world: string,
  javascript: (round: number) => string,
  call: string,
  expected: (round: number) => string,
  rounds: number,
): NativeLoop {
  const folder = mkdtempSync(join(tmpdir(), 'witcraft-native-'))
  const jco = join(root, 'node_modules/@bytecodealliance/jco/dist/jco.js')
  const time = (args: readonly string[]): { ms: number; out: string } => {
    const started = performance.now()
    const done = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr.slice(0, 2000)}`)
    return { ms: performance.now() - started, out: done.stdout }
  }
  try {
    writeFileSync(join(folder, 'world.wit'), wit)
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(
      join(folder, 'call.js'),
      `import * as component from './out/component.js'\nconsole.log(component.${call})\n`,
    )
    const steps = Array.from({ length: rounds }, (_, round) => {
      writeFileSync(join(folder, 'main.js'), javascript(round))
      const componentize = time([
        jco,
        'componentize',
        'main.js',
        '--wit',
        'world.wit',
        '-n',
        world,
        '-o',
        'component.wasm',
        '--disable',
        'all',
      ]).ms
      const transpile = time([jco, 'transpile', 'component.wasm', '-o', 'out', '--name', 'component', '-q']).ms
      const run = time(['call.js'])
      if (run.out.trim() !== expected(round)) throw new Error(`the native loop answered ${run.out}`)
      return { componentize, transpile, run: run.ms }
    })
    return { steps, loops: steps.map((each) => each.componentize + each.transpile + each.run) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
