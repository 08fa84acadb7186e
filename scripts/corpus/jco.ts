import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type JcoAnswer =
  | { readonly kind: 'ok'; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly message: string }
  /** The tools broke: their process is replaced. */
  | { readonly kind: 'trap'; readonly message: string }
  | { readonly kind: 'hang' }

/** Nobody waits longer for one text. Milliseconds. */
const patience = 10_000

/** jco's tools beside us, one text at a time; what traps or hangs costs only its own answer. */
export class Jco {
  private child: { readonly process: ChildProcess; readonly ready: Promise<unknown> } | undefined
  private ids = 0

  async ask(
    kind: 'accepts' | 'canonical' | 'embedded' | 'hang',
    text: string,
    world: string,
    wait = patience,
  ): Promise<JcoAnswer> {
    const { process, ready } = (this.child ??= start())
    await ready
    const id = ++this.ids
    const answer = await new Promise<JcoAnswer>((resolve) => {
      const settle = (value: JcoAnswer): void => {
        clearTimeout(timer)
        process.off('message', listen)
        process.off('exit', exit)
        resolve(value)
      }
      const exit = (): void => settle({ kind: 'trap', message: 'the process ended' })
      const listen = (message: unknown): void => {
        const parsed = parseAnswer(message, id)
        if (parsed !== undefined) settle(parsed)
      }
      const timer = setTimeout(() => settle({ kind: 'hang' }), wait)
      process.on('message', listen)
      process.on('exit', exit)
      process.send({ id, kind, text, world })
    })
    if (answer.kind === 'trap' || answer.kind === 'hang') this.close()
    return answer
  }

  close(): void {
    this.child?.process.kill('SIGKILL')
    this.child = undefined
  }
}

function start(): { process: ChildProcess; ready: Promise<unknown> } {
  const process = fork(fileURLToPath(new URL('jco-child.mjs', import.meta.url)), [], {
    execArgv: [],
    // A trap comes with pages of Rust.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return { process, ready: new Promise((resolve) => process.once('message', resolve)) }
}

function parseAnswer(message: unknown, id: number): JcoAnswer | undefined {
  if (typeof message !== 'object' || message === null || Reflect.get(message, 'id') !== id) return undefined
  if (Reflect.get(message, 'ok') === true) {
    const files: unknown = Reflect.get(message, 'files')
    const texts = typeof files === 'object' && files !== null ? Object.entries(files) : []
    return { kind: 'ok', files: Object.fromEntries(texts.map(([name, text]) => [name, String(text)])) }
  }
  const text = String(Reflect.get(message, 'message'))
  return { kind: Reflect.get(message, 'trap') === true ? 'trap' : 'refused', message: text }
}
