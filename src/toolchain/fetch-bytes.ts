export type Fetch = (url: string, init?: { readonly signal?: AbortSignal }) => Promise<Response>

/**
 * The bytes at `url`, with a report of how many have arrived. They are counted after decompression, since that is what
 * the manifest's total counts too; the Content-Length of a compressed response is neither. Throws what `fetch` throws,
 * and an Error for any answer but success.
 */
export async function fetchBytes(
  fetch: Fetch,
  url: string,
  onLoaded?: (loaded: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, signal === undefined ? {} : { signal })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  if (response.body === null || onLoaded === undefined) return new Uint8Array(await response.arrayBuffer())
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let loaded = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    loaded += part.value.length
    onLoaded(loaded)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}
