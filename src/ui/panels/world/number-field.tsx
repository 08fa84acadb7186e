import { useState } from 'react'
import { counted } from '../../formats.ts'
import { numberProblem } from './world-model.ts'

interface NumberFieldProps {
  readonly id: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly onChange: (value: number) => void
}

/** What is typed stays as it is typed; while it does not fit, the setting stays as it was and the field says so. */
export function NumberField({ id, value, least, most, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number }>()
  // Somebody else has changed it meanwhile.
  const text = draft?.of === value ? draft.text : undefined
  const problem = text === undefined ? undefined : numberProblem(text, least, most)
  return (
    <div className="number-field">
      <input
        id={id}
        className="input mono"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        value={text ?? String(value)}
        onChange={({ target }) => {
          const fits = numberProblem(target.value, least, most) === undefined
          const next = fits ? Number(target.value) : value
          setDraft({ text: target.value, of: next })
          if (fits) onChange(next)
        }}
        onBlur={() => problem === undefined && setDraft(undefined)}
      />
      {problem !== undefined && (
        <output id={`${id}-problem`} className="field-problem err">
          {problem} The setting is still {counted(value)}.
        </output>
      )}
    </div>
  )
}
