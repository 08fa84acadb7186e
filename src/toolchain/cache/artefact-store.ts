/** Bytes by key that outlive the page. Whatever fails in it counts as absent: it only saves time. */
export interface ArtefactStore {
  get(key: string): Promise<Uint8Array | undefined>
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  delete(key: string): Promise<void>
}

const keepAtMost = 60

/** The browser's Cache API; undefined where the page may not use it. */
export function browserStore(base: string): ArtefactStore | undefined {
  const storage: CacheStorage | undefined = globalThis.caches
  if (storage === undefined) return undefined
  // Storage can be blocked or full at any time.
  const attempt = async <T>(work: (cache: Cache) => Promise<T>): Promise<T | undefined> => {
    try {
      return await work(await storage.open('witcraft-prepared'))
    } catch {
      return undefined
    }
  }
  const address = (key: string) => new URL(`prepared-worlds/${key}`, base).href
  return {
    get: (key) =>
      attempt(async (cache) => {
        const response = await cache.match(address(key))
        return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer())
      }),
    put: async (key, bytes) => {
      await attempt(async (cache) => {
        await cache.put(address(key), new Response(bytes))
        const requests = await cache.keys()
        for (const oldest of requests.slice(0, Math.max(0, requests.length - keepAtMost))) await cache.delete(oldest)
      })
    },
    delete: async (key) => {
      await attempt((cache) => cache.delete(address(key)))
    },
  }
}
