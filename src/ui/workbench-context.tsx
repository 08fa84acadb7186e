import { createContext, useContext, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { State } from '../state/state.ts'
import type { Actions, Workbench } from '../state/store.ts'

const WorkbenchContext = createContext<Workbench | undefined>(undefined)

export function WorkbenchProvider({ workbench, children }: { workbench: Workbench; children: ReactNode }) {
  return <WorkbenchContext value={workbench}>{children}</WorkbenchContext>
}

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (!workbench) throw new Error('There is no WorkbenchProvider above this component')
  return workbench
}

export const useActions = (): Actions => useWorkbench().actions

/** A part of the state; the component renders again when it changes (shallowly compared). */
export const useSelect = <T,>(select: (state: State) => T): T => useStore(useWorkbench().view, useShallow(select))

/** The same for what may be drawn a moment after the result of a run, so that the result does not wait for it. */
export const useSelectLater = <T,>(select: (state: State) => T): T =>
  useStore(useWorkbench().laterView, useShallow(select))
