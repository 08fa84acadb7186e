/** Raw DEFLATE (RFC 1951) by the platform's own streams, which browsers, workers and Node have alike. */

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await collect(sliced(bytes).pipeThrough(new CompressionStream('deflate-raw')), Infinity)
  // Without a limit nothing is refused.
  if (!packed) throw new Error('deflate gave nothing')
  return packed
}

export type Inflated =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: 'damaged' | 'too-large' }

/** Inflates at most `limit` bytes; a longer stream is abandoned as soon as it is known to be longer. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Inflated> {
  try {
    const whole = await collect(sliced(bytes).pipeThrough(new DecompressionStream('deflate-raw')), limit)
    return whole ? { ok: true, bytes: whole } : { ok: false, reason: 'too-large' }
  } catch {
    // The streams' own word for bytes that are no DEFLATE, or that end too early.
    return { ok: false, reason: 'damaged' }
  }
}

/**
 * Bytes that the stream is given at once. A decompressor gives all that comes of one piece before anybody can stop it,
 * and that is up to 1,032 times as much.
 */
const pieceBytes = 1024

/** The bytes in pieces, each handed over only when the one before has been used up. */
function sliced(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.subarray(at, at + pieceBytes))
        at += pieceBytes
        return undefined
      },
    },
    { highWaterMark: 0 },
  )
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > limit) {
      reader.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
