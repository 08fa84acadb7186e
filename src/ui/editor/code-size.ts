import { useLayoutEffect } from 'react'
import { useSelect } from '../workbench-context.tsx'
import type { Editors } from './editors.ts'

/** The font size of the settings, in the editors and in the text that stands in for them. */
export function useCodeSize(editors: Editors | undefined): void {
  const fontSize = useSelect((state) => state.preferences.fontSize)
  useLayoutEffect(() => {
    // 12 px of text stand on 20 px.
    const lineHeight = Math.round((fontSize * 5) / 3)
    const { style } = document.documentElement
    style.setProperty('--code-size', `${fontSize}px`)
    style.setProperty('--code-line', `${lineHeight}px`)
    editors?.setType({ fontSize, lineHeight })
  }, [editors, fontSize])
}
