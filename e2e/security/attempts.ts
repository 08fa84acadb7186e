/**
 * What hostile code tries. It runs with all the power that a component can ever gain: as JavaScript in the guest worker,
 * as if it had broken out of the generated glue. Each body is that of an async function; what it returns that is truthy
 * is evidence that it got out. `server` is the page's server, `path` an address there that nobody else asks for.
 */
export interface Attempt {
  readonly name: string
  readonly body: string
}

export const workerAttempts: readonly Attempt[] = [
  { name: 'fetch', body: 'return (await fetch(server + path)).ok' },
  { name: 'fetch without reading the answer', body: "await fetch(server + path, { mode: 'no-cors' }); return true" },
  {
    name: 'XMLHttpRequest',
    body: "const x = new XMLHttpRequest(); x.open('GET', server + path, false); x.send(); return x.responseText",
  },
  {
    name: 'WebSocket',
    body: "const s = new WebSocket(server.replace('http', 'ws') + path); await new Promise((r) => { s.onopen = s.onerror = r }); return s.readyState === 1",
  },
  {
    name: 'EventSource',
    body: 'const s = new EventSource(server + path); await new Promise((r) => { s.onopen = s.onerror = r }); return s.readyState === 1',
  },
  {
    name: 'WebTransport',
    body: "const t = new WebTransport(server.replace('http:', 'https:') + path); await t.ready; return true",
  },
  { name: 'importScripts from the server', body: 'importScripts(server + path); return self.escaped' },
  { name: 'import() from the server', body: 'await import(server + path); return self.escaped' },
  { name: 'import() of a data: URL', body: "return (await import('data:text/javascript,export default 1')).default" },
  {
    name: 'a blob module that imports from the server',
    body: "await import(URL.createObjectURL(new Blob(['import ' + JSON.stringify(server + path)], { type: 'text/javascript' }))); return self.escaped",
  },
  { name: 'eval', body: "return (0, eval)('1 + 1') === 2" },
  { name: 'new Function', body: "return new Function('return 1')() === 1" },
  {
    name: 'the constructor of an async function',
    body: "return (await (async () => {}).constructor('return 1')()) === 1",
  },
  {
    name: 'setTimeout with a text',
    body: "setTimeout('self.timed = true', 0); await new Promise((r) => setTimeout(r, 20)); return self.timed",
  },
  {
    name: 'a nested worker',
    body: "const w = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); return await new Promise((r) => { w.onmessage = () => r(true); w.onerror = () => r(false) })",
  },
  {
    name: 'a nested module worker',
    body: "const w = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' })), { type: 'module' }); return await new Promise((r) => { w.onmessage = () => r(true); w.onerror = () => r(false) })",
  },
  {
    name: 'a worker constructor from elsewhere on the global object',
    body: "for (let o = self; o; o = Object.getPrototypeOf(o)) { const W = Object.getOwnPropertyDescriptor(o, 'Worker'); if (W) return true } return false",
  },
  {
    name: 'indexedDB',
    body: "return await new Promise((r) => { const q = indexedDB.open('x'); q.onsuccess = () => r(true); q.onerror = () => r(false) })",
  },
  { name: 'the Cache API', body: "await caches.open('x'); return true" },
  { name: 'the origin private file system', body: 'await navigator.storage.getDirectory(); return true' },
  { name: 'storage buckets', body: "await navigator.storageBuckets.open('x'); return true" },
  {
    name: 'locks shared with the page',
    body: "return await navigator.locks.request('page', { ifAvailable: true }, () => true)",
  },
  {
    name: 'BroadcastChannel to the page',
    body: "new BroadcastChannel('page').postMessage('escaped'); await new Promise((r) => setTimeout(r, 50)); return false",
  },
  { name: 'cookieStore', body: "await cookieStore.set('escaped', '1'); return true" },
  { name: 'localStorage and cookies', body: "localStorage.setItem('escaped', '1'); return true" },
  { name: 'service workers', body: 'await navigator.serviceWorker.register(server + path); return true' },
  {
    name: 'a font from the server',
    body: "await new FontFace('x', 'url(' + server + path + ')').load().catch(() => {}); return false",
  },
  { name: 'RTCPeerConnection', body: "new RTCPeerConnection().createDataChannel('x'); return true" },
  { name: 'the page through the global object', body: 'return (self.parent ?? self.top ?? self.opener).location.href' },
  { name: 'navigating through location', body: 'self.location.href = server + path; return false' },
  { name: "the page's origin in location", body: 'return self.origin !== "null" && self.origin === server' },
  {
    name: 'a message to the frame with a port of its own',
    body: "const c = new MessageChannel(); self.postMessage({ witcraft: 'sandbox', type: 'ready' }, [c.port2]); return await new Promise((r) => { c.port1.onmessage = () => r(true); setTimeout(r, 50) })",
  },
  {
    name: 'the file systems of old',
    body: 'return await new Promise((r) => webkitRequestFileSystem(0, 1024, () => r(true), () => r(false)))',
  },
  {
    name: 'a function of the host on the global Object, through an import named constructor',
    body: "return !Function.prototype.toString.call(Object.hasOwn).includes('native code')",
  },
  {
    name: 'a frozen prototype of the messages',
    body: 'Object.prototype.escaped = true; Array.prototype.escaped = true; self.escaped = undefined; return false',
  },
]

/** Code in the sandbox's own document, which guest code never reaches: even there nothing leads out. */
export const documentAttempts: readonly Attempt[] = [
  { name: 'document: the page', body: 'return parent.document.title' },
  { name: 'document: navigating the page', body: 'top.location.href = server + path; return false' },
  { name: 'document: window.open', body: 'return window.open(server + path) !== null' },
  { name: 'document: cookies', body: "document.cookie = 'escaped=1'; return document.cookie.includes('escaped')" },
  { name: 'document: localStorage', body: "localStorage.setItem('escaped', '1'); return true" },
  {
    name: 'document: indexedDB',
    body: "return await new Promise((r) => { const q = indexedDB.open('x'); q.onsuccess = () => r(true); q.onerror = () => r(false) })",
  },
  { name: 'document: fetch', body: "await fetch(server + path, { mode: 'no-cors' }); return true" },
  {
    name: 'document: an image',
    body: 'return await new Promise((r) => { const i = new Image(); i.onload = () => r(true); i.onerror = () => r(false); i.src = server + path })',
  },
  {
    name: 'document: a script from the server',
    body: "return await new Promise((r) => { const s = document.createElement('script'); s.onload = () => r(true); s.onerror = () => r(false); s.src = server + path; document.documentElement.append(s) })",
  },
  {
    name: 'document: an inline script',
    body: "const s = document.createElement('script'); s.textContent = 'self.inlined = true'; document.documentElement.append(s); return self.inlined",
  },
  {
    name: 'document: a frame',
    body: "const f = document.createElement('iframe'); f.src = server + path; document.documentElement.append(f); await new Promise((r) => setTimeout(r, 100)); return false",
  },
  {
    name: 'document: a form',
    body: "const f = document.createElement('form'); f.action = server + path; f.target = '_top'; document.documentElement.append(f); f.submit(); await new Promise((r) => setTimeout(r, 50)); return false",
  },
  {
    name: 'document: sendBeacon',
    body: 'navigator.sendBeacon(server + path); await new Promise((r) => setTimeout(r, 100)); return false',
  },
]

/** Glue that makes every attempt and gives a list of those with evidence as the result of `report`. */
export const glueOf = (attempts: readonly Attempt[], server: string): string => `
const server = ${JSON.stringify(server)};
const attempts = [${attempts
  .map(({ name, body }, index) => `[${JSON.stringify(name)}, async (path) => { ${body} }, '/escaped/${index}']`)
  .join(',\n')}];
export async function instantiate(getCoreModule, imports, instantiateCore) {
  const evidence = [];
  for (const [name, attempt, path] of attempts) {
    let found = false;
    try { found = await Promise.race([attempt(path), new Promise((done) => setTimeout(done, 500))]) } catch {}
    if (found) evidence.push(name);
  }
  return { report: () => JSON.stringify(evidence) };
}`
