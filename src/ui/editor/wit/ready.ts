/** What the worker says first, when it is loaded. Apart from its protocol, which brings all that it does. */
export const ready = 'ready'
