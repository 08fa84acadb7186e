import { useLayoutEffect, useRef, useState } from 'react'
import { useActions } from '../workbench-context.tsx'
import { CodeView, fitsCodeView } from './code-view.tsx'
import type { CodeLanguage } from './highlight.ts'

interface PlainEditorProps {
  readonly path: string
  readonly text: string
  readonly language: CodeLanguage
  readonly onFocus: () => void
}

/**
 * Stands in for the editor until that is there: a text field, with the coloured text seen through it. A file that is too
 * long for that can be read.
 */
export function PlainEditor({ path, text, language, onFocus }: PlainEditorProps) {
  const { editFile } = useActions()
  /** What was typed last, and where the state stood then: what it holds of it is drawn a moment later. */
  const [typed, setTyped] = useState({ before: text, text })
  const shown = typed.before === text ? typed.text : text

  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = field.current
    if (element && element.value !== text) element.value = text
  }, [text])

  return (
    <div className="plain-editor">
      <CodeView text={shown} language={language} />
      {fitsCodeView(text) && (
        <textarea
          ref={field}
          className="code-text"
          aria-label={`${path}, plain text`}
          defaultValue={text}
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          wrap="off"
          onChange={({ target: { value } }) => {
            setTyped({ before: text, text: value })
            editFile(path, value)
          }}
          onFocus={onFocus}
        />
      )}
    </div>
  )
}
