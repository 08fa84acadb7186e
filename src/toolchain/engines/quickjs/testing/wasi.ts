/** As much of WASI 0.2 as the runtime uses: WIT text for worlds of tests, and a host that records what it is asked. */

/** The packages as nested ones, to be put behind a world's package. */
export const wasiPackages = (version: string): string => `
package wasi:io@${version} {
  interface error {
    resource error { to-debug-string: func() -> string; }
  }
  interface poll {
    resource pollable { ready: func() -> bool; block: func(); }
    poll: func(in: list<borrow<pollable>>) -> list<u32>;
  }
  interface streams {
    use error.{error};
    variant stream-error { last-operation-failed(error), closed }
    resource output-stream {
      check-write: func() -> result<u64, stream-error>;
      write: func(contents: list<u8>) -> result<_, stream-error>;
      blocking-write-and-flush: func(contents: list<u8>) -> result<_, stream-error>;
    }
  }
}
package wasi:clocks@${version} {
  interface monotonic-clock {
    use wasi:io/poll@${version}.{pollable};
    type instant = u64;
    type duration = u64;
    now: func() -> instant;
    subscribe-duration: func(when: duration) -> pollable;
  }
  interface wall-clock {
    record datetime { seconds: u64, nanoseconds: u32 }
    now: func() -> datetime;
  }
}
package wasi:random@${version} {
  interface random {
    get-random-bytes: func(len: u64) -> list<u8>;
    get-random-u64: func() -> u64;
  }
  interface insecure {
    get-insecure-random-u64: func() -> u64;
  }
  interface insecure-seed {
    insecure-seed: func() -> tuple<u64, u64>;
  }
}
package wasi:cli@${version} {
  interface stdout {
    use wasi:io/streams@${version}.{output-stream};
    get-stdout: func() -> output-stream;
  }
  interface stderr {
    use wasi:io/streams@${version}.{output-stream};
    get-stderr: func() -> output-stream;
  }
  interface run {
    run: func() -> result;
  }
}
`

/** A world `t` with the given items, and WASI of `version` beside it. */
export const worldOf = (items: string, version = '0.2.12'): string =>
  `package demo:t;\nworld t {\n${items}\n}\n${wasiPackages(version)}`

export interface TestHost {
  readonly imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Everything that was written, by stream. */
  readonly written: { stdout: string; stderr: string }
  /** Sizes of the single writes. */
  readonly writes: number[]
  /** Nanoseconds of each wait. */
  readonly waits: bigint[]
  /** Nanoseconds on the monotonic clock; waiting moves it. */
  now: bigint
  /** Takes one number from the random generator. */
  nextRandom(): bigint
  /** Writes fail as they do on a closed stream. */
  closed: boolean
}

/** 2024-02-29T12:30:00.5Z */
export const wallTime = { seconds: 1709209800n, nanoseconds: 500_000_000 }

export function testHost(): TestHost {
  let random = 1n
  const nextRandom = (): bigint => {
    random = BigInt.asUintN(64, random * 6364136223846793005n + 1442695040888963407n)
    return random
  }
  const host: { -readonly [K in keyof TestHost]: TestHost[K] } = {
    imports: {},
    written: { stdout: '', stderr: '' },
    writes: [],
    waits: [],
    now: 5_000_000n,
    nextRandom,
    closed: false,
  }
  class OutputStream {
    readonly #name: 'stdout' | 'stderr'
    readonly #decoder = new TextDecoder()
    constructor(name: 'stdout' | 'stderr') {
      this.#name = name
    }
    checkWrite(): bigint {
      return 4096n
    }
    write(bytes: Uint8Array): void {
      host.written[this.#name] += this.#decoder.decode(bytes, { stream: true })
    }
    blockingWriteAndFlush(bytes: Uint8Array): void {
      if (host.closed) throw Object.assign(new Error('closed'), { payload: { tag: 'closed' } })
      if (bytes.length > 4096) throw new Error('too much at a time')
      host.writes.push(bytes.length)
      this.write(bytes)
    }
  }
  class Pollable {
    readonly #until: bigint
    constructor(until: bigint) {
      this.#until = until
    }
    ready(): boolean {
      return host.now >= this.#until
    }
    block(): void {
      if (host.now < this.#until) host.now = this.#until
    }
  }
  class IoError {
    toDebugString(): string {
      return 'an error'
    }
  }
  host.imports = {
    'wasi:io/error': { Error: IoError },
    'wasi:io/poll': {
      Pollable,
      poll: (list: readonly Pollable[]) => {
        for (const each of list) each.block()
        return Uint32Array.from(list.keys())
      },
    },
    'wasi:io/streams': { OutputStream },
    'wasi:cli/stdout': { getStdout: () => new OutputStream('stdout') },
    'wasi:cli/stderr': { getStderr: () => new OutputStream('stderr') },
    'wasi:clocks/monotonic-clock': {
      now: () => host.now,
      subscribeDuration: (duration: bigint) => {
        host.waits.push(duration)
        return new Pollable(host.now + duration)
      },
    },
    'wasi:clocks/wall-clock': { now: () => wallTime },
    'wasi:random/random': {
      getRandomBytes: (length: bigint) => Uint8Array.from({ length: Number(length) }, (_, i) => (i * 37 + 11) & 255),
      getRandomU64: nextRandom,
    },
    'wasi:random/insecure': { getInsecureRandomU64: nextRandom },
    'wasi:random/insecure-seed': { insecureSeed: () => [nextRandom(), nextRandom()] },
  }
  return host
}
