import { useRef } from 'react'
import { withValidCall } from '../../valid-call.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'

/** A mistake in the call line; offsets in UTF-16 code units. */
export interface Mistake {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
  readonly message: string
}

interface WaveLineProps {
  readonly mistake: Mistake | undefined
  readonly hint: string
}

/** The call as text. What is wrong in it is underlined by the same text behind it. */
export function WaveLine({ mistake, hint }: WaveLineProps) {
  const workbench = useWorkbench()
  const { setCall, call } = workbench.actions
  const text = useSelect((state) => state.call)
  const input = useRef<HTMLTextAreaElement>(null)
  const behind = useRef<HTMLDivElement>(null)
  // The end of the text has nothing to underline, so that a space stands for it.
  const end = mistake && Math.max(mistake.end, mistake.start + 1)
  return (
    <div className="wave">
      <div className="wave-head">
        <strong>WAVE</strong>
        <span className="dim">The same call as text. Edit either.</span>
      </div>
      <div className="wave-text">
        <div className="input mono wave-behind" ref={behind} aria-hidden="true">
          {mistake && (
            <>
              {text.slice(0, mistake.start)}
              <mark>{text.slice(mistake.start, end) || ' '}</mark>
              {text.slice(end)}
            </>
          )}
        </div>
        <textarea
          ref={input}
          className="input mono"
          aria-label="WAVE call"
          aria-invalid={mistake !== undefined}
          aria-describedby="wave-mistake"
          rows={2}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={hint}
          value={text}
          onChange={(event) => setCall(event.target.value)}
          onScroll={(event) => {
            if (behind.current) behind.current.scrollTop = event.currentTarget.scrollTop
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            withValidCall(workbench, () => void call())
          }}
        />
      </div>
      <p id="wave-mistake" className="wave-mistake err">
        {mistake && (
          <>
            {mistake.message}{' '}
            <button
              type="button"
              className="text-button"
              onClick={() => {
                input.current?.focus()
                input.current?.setSelectionRange(mistake.start, mistake.end)
              }}
            >
              Show {mistake.line > 1 ? `line ${mistake.line}, ` : ''}column {mistake.column}
            </button>
          </>
        )}
      </p>
    </div>
  )
}
