/// <reference types="vite/client" />

/** URL of a classic script bundled from the named entry (`scripts/vite/classic-script.ts`). */
declare module '*?iife-url' {
  const url: string
  export default url
}
