import { isBinary, joinPath } from '../project/paths.ts'

/** A file from outside, by drop or by a file picker. Nothing about it is known to be true. */
export interface IncomingFile {
  /** Its name, with the folders that came with it. */
  readonly path: string
  readonly size: number
  read(): Promise<Uint8Array>
}

export interface AcceptedFile {
  readonly path: string
  /** One of the two. */
  readonly text?: string
  readonly base64?: string
}

/** Bytes. A text of this size is no longer pleasant to edit; a component is stored with a third more. */
const largestText = 1024 * 1024
const largestBinary = 4 * 1024 * 1024

/** What of it a project can hold, and why the rest cannot be there. */
export async function readIncoming(
  files: readonly IncomingFile[],
  folder: string,
): Promise<{ readonly accepted: AcceptedFile[]; readonly refused: string[] }> {
  const accepted: AcceptedFile[] = []
  const refused: string[] = []
  for (const file of files) {
    const path = joinPath(folder, file.path)
    const binary = isBinary(path)
    if (file.size > (binary ? largestBinary : largestText)) {
      refused.push(`${path} was left out: it is larger than ${binary ? 4 : 1} MiB.`)
      continue
    }
    const bytes = await file.read().catch(() => undefined)
    if (bytes === undefined) refused.push(`${path} was left out: it could not be read. Add it again.`)
    else if (binary) {
      if (isWasm(bytes)) accepted.push({ path, base64: base64Of(bytes) })
      else refused.push(`${path} was left out: it is not WebAssembly.`)
    } else {
      const text = textOf(bytes)
      if (text === undefined) refused.push(`${path} was left out: it is not text. Projects hold text and .wasm files.`)
      else accepted.push({ path, text })
    }
  }
  return { accepted, refused }
}

/** https://webassembly.github.io/spec/core/binary/modules.html#binary-magic */
const isWasm = ([first, second, third, fourth]: Uint8Array): boolean =>
  first === 0 && second === 0x61 && third === 0x73 && fourth === 0x6d

/** The text of UTF-8 bytes, with the line ends that the editors use; undefined where they are something else. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}

function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}
