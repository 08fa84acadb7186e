import type { Notice } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'

const step = 500

/** Milliseconds in which it can be read in peace. */
const readingTime = ({ text }: Notice): number => Math.max(8000, text.length * 80)

/**
 * Has notices that offer nothing to do go when they could be read. What offers something stays: nobody has to hurry.
 * While `isHeld`, no time passes for them. Returns how to end that.
 */
export function letGo({ store, actions }: Pick<Workbench, 'store' | 'actions'>, isHeld: () => boolean): () => void {
  const ages = new Map<number, number>()
  let timer: ReturnType<typeof setInterval> | undefined

  const idle = (): readonly Notice[] => store.getState().notices.filter(({ undo }) => undo === undefined)

  function tick(): void {
    if (isHeld()) return
    for (const notice of idle()) {
      const age = (ages.get(notice.id) ?? 0) + step
      ages.set(notice.id, age)
      if (age >= readingTime(notice)) actions.dismiss(notice.id)
    }
  }

  function look(): void {
    if (idle().length > 0) timer ??= setInterval(tick, step)
    else {
      clearInterval(timer)
      timer = undefined
      ages.clear()
    }
  }

  look()
  const end = store.subscribe((state, before) => state.notices !== before.notices && look())
  return () => {
    end()
    clearInterval(timer)
  }
}
