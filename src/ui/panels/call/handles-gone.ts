/** Why handles are no longer there: `Stop ended the instance: its 2 handles are gone.` */
export const handlesGone = (what: string, count: number): string =>
  `${what} ended the instance: its ${count === 1 ? 'handle is' : `${count} handles are`} gone.`
