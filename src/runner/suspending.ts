/** The first versions with JSPI (https://webassembly.github.io/js-promise-integration), which lets a guest wait. */
export const suspendingBrowsers = 'Chrome or Edge 137, Firefox 153 or Safari 27, or a later one'

/** Whether this browser can suspend WebAssembly: without it no run can wait for the outside. */
export const canSuspend = (): boolean =>
  typeof Reflect.get(WebAssembly, 'Suspending') === 'function' &&
  typeof Reflect.get(WebAssembly, 'promising') === 'function'
