/** What the URL extension leaves out: `searchParams` of a URL, in both directions. https://url.spec.whatwg.org/#api */
export const urlSource = String.raw`(runtime) => {
}`
