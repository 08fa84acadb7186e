/**
 * Evaluated in the guest worker before anything that runs guest code. The content security policy and the opaque origin already refuse
 * network and storage; what could still start work that outlives a kill, or hangs in some browser, is taken away as
 * well. `Worker` matters most: removing the frame is known to end this worker, not workers that it made.
 */
const removed = [
  'Worker',
  'SharedWorker',
  'indexedDB',
  'IDBFactory',
  'caches',
  'CacheStorage',
  'cookieStore',
  'BroadcastChannel',
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'importScripts',
  'Notification',
  'FileSystemHandle',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemSyncURL',
  'webkitResolveLocalFileSystemURL',
  'openDatabase',
]
const removedFromNavigator = [
  'storage',
  'storageBuckets',
  'locks',
  'serviceWorker',
  'serial',
  'hid',
  'usb',
  'gpu',
  'ml',
]

/** Deletes a property wherever on the prototype chain it is. */
const remove = (from: unknown, name: string): void => {
  for (let owner: unknown = from; typeof owner === 'object' && owner !== null; owner = Object.getPrototypeOf(owner)) {
    Reflect.deleteProperty(owner, name)
  }
  // What cannot be deleted can at least be covered.
  if (typeof from === 'object' && from !== null && name in from) {
    Reflect.defineProperty(from, name, { value: undefined })
  }
}

for (const name of removed) remove(globalThis, name)
for (const name of removedFromNavigator) remove(globalThis.navigator, name)
