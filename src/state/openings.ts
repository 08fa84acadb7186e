/** What was to be opened last is what opens, however long each link, file and example takes to come. */
export interface Openings {
  /** Something is to be opened from now on. What it gives says later whether that still is the newest. */
  begin(): () => boolean
}

export function createOpenings(): Openings {
  let latest = 0
  return {
    begin() {
      const own = ++latest
      return () => own === latest
    },
  }
}
