/** The simulated world of a run, as far as it is served. Every field has a default. */
export interface WasiSettings {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** All of standard input; after it the stream is closed. Default: empty. */
  readonly stdin?: string
  readonly cwd?: string
  /**
   * `auto` (default): virtual time that stands still while the component computes and jumps to the next deadline when it
   * waits. `frozen`: virtual time that never moves. `real`: the machine's clock. `start` is an ISO date, default
   * 2025-01-01T00:00:00Z; in mode `real` it is the current time.
   */
  readonly clock?: { readonly mode: 'auto' | 'frozen' | 'real'; readonly start?: string }
  /** Default: the seed 0, so that every run is the same. */
  readonly random?: { readonly seed: number } | 'real'
  /**
   * By package (`wasi:sockets`), interface (`wasi:cli/environment`) or function (`wasi:cli/environment#get-environment`,
   * `wasi:io/streams#[method]output-stream.write`); the most specific entry wins. What a component imports is allowed
   * unless an entry denies it, what it does not import is not there.
   */
  readonly policy?: Readonly<Record<string, 'allow' | 'deny'>>
}
