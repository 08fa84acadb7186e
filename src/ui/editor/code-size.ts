import { useLayoutEffect } from 'react'
import { codeType, showCodeSize } from '../first-look.ts'
import { useSelect } from '../workbench-context.tsx'
import type { Editors } from './editors.ts'

/** The font size of the settings, in the editors and in the text that stands in for them. */
export function useCodeSize(editors: Editors | undefined): void {
  const fontSize = useSelect((state) => state.preferences.fontSize)
  useLayoutEffect(() => {
    showCodeSize(document.documentElement, fontSize)
    editors?.setType(codeType(fontSize))
  }, [editors, fontSize])
}
