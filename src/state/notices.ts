import type { Context } from './context.ts'
import type { Notice } from './state.ts'

/** What can be done about what a notice says: it takes that back, or it goes on from there. */
interface Offer {
  readonly label: string
  readonly goesOn?: boolean
  readonly holdsWork?: boolean
  readonly run: () => void
}

export interface NoticeActions {
  say(text: string, offer?: Offer): void
  /** Takes back what the notice says. Without an id: what the latest one says. */
  undo(id?: number): void
  /** Has nobody see it any more. What it says can be taken back until there is something newer to take back. */
  dismiss(id: number): void
}

export interface Notices extends NoticeActions {
  /** Another project is there: what belongs to the one before cannot be taken back any more. */
  projectChanged(): void
}

/** Of those that hold no work: what would be lost with a notice is kept, and the rest makes way for it. */
const shownAtMost = 3

/** Whether a notice takes something back, so that a key for that may do it. */
export const isUndo = ({ undo, goesOn }: Notice): boolean => undo !== undefined && !goesOn

export function createNotices({ get, set }: Context): Notices {
  const undos = new Map<number, () => void>()
  let latest = 0

  function keep(notices: readonly Notice[]): void {
    for (const id of undos.keys()) if (!notices.some((each) => each.id === id)) undos.delete(id)
    set({ notices })
  }

  return {
    say(text, offer) {
      const id = ++latest
      if (offer) undos.set(id, offer.run)
      const notice: Notice = {
        id,
        text,
        ...(offer && { undo: offer.label }),
        ...(offer?.holdsWork && { holdsWork: true }),
        ...(offer?.goesOn && { goesOn: true }),
      }
      const makesWay = (each: Notice): boolean =>
        each.hidden
          ? isUndo(notice) && (notice.holdsWork || !each.holdsWork) === true
          : each.undo === undefined && each.text === text
      const notices = [...get().notices.filter((each) => !makesWay(each)), notice]
      while (notices.filter((each) => !each.hidden).length > shownAtMost) {
        const idle = notices.findIndex((each) => !each.holdsWork && !each.hidden)
        if (idle === -1 || idle === notices.length - 1) break
        notices.splice(idle, 1)
      }
      keep(notices)
    },
    undo(id) {
      const notice = get().notices.findLast((each) => (id === undefined ? isUndo(each) : each.id === id))
      const run = notice && undos.get(notice.id)
      if (!notice) return
      keep(get().notices.filter((each) => each !== notice))
      run?.()
    },
    dismiss: (id) =>
      keep(
        get().notices.flatMap((each) => (each.id !== id ? [each] : isUndo(each) ? [{ ...each, hidden: true }] : [])),
      ),
    projectChanged: () => keep(get().notices.filter((each) => each.holdsWork)),
  }
}
