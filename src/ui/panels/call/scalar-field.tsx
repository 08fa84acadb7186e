import { useId, useState } from 'react'
import { typeText } from '../../../component/type-text.ts'
import type { PrimitiveType } from '../../../component/types.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import { parseWave, printWave } from '../../../component/wave.ts'
import { FieldProblem } from './field-problem.tsx'
import type { FieldProps } from './field.ts'

/** Text is typed as it is; everything else in WAVE, which for numbers is how they are written anyway. */
export function ScalarField({ type, value, onChange, label, id }: FieldProps<PrimitiveType>) {
  if (type.kind === 'bool') {
    return (
      <button
        type="button"
        id={id}
        className="switch"
        role="switch"
        aria-checked={value === true}
        aria-label={label}
        onClick={() => onChange(value !== true)}
      />
    )
  }
  if (type.kind === 'string') {
    return (
      <StringField type={type} value={value} onChange={onChange} label={label} {...(id === undefined ? {} : { id })} />
    )
  }
  if (type.kind === 'char') {
    return (
      <DraftField
        id={id}
        label={label}
        text={typeof value === 'string' ? value : ''}
        read={(text) => ([...text].length === 1 ? { ok: true, value: text } : { ok: false, problem: 'One character' })}
        onChange={onChange}
      />
    )
  }
  return <WaveField type={type} value={value} onChange={onChange} label={label} {...(id === undefined ? {} : { id })} />
}

/** As it is; where it has line ends, which an input would leave out without a word, as WAVE, and so it stays. */
function StringField({ type, value, onChange, label, id }: FieldProps<PrimitiveType>) {
  const text = typeof value === 'string' ? value : ''
  const [escaped, setEscaped] = useState(false)
  const lines = /[\r\n]/.test(text)
  if (lines && !escaped) setEscaped(true)
  if (lines || escaped) {
    return (
      <WaveField type={type} value={text} onChange={onChange} label={label} {...(id === undefined ? {} : { id })} />
    )
  }
  return (
    <input
      id={id}
      className="input mono"
      aria-label={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Any type as a line of WAVE. */
export function WaveField({ type, value, onChange, label, id }: FieldProps) {
  return (
    <DraftField
      id={id}
      label={label}
      text={waveOf(value, type)}
      read={(text) => {
        const outcome = parseWave(text, type, numberedHandles)
        return outcome.ok ? outcome : { ok: false, problem: `A ${typeText(type)}: ${outcome.error.message}` }
      }}
      onChange={onChange}
    />
  )
}

function waveOf(value: unknown, type: FieldProps['type']): string {
  try {
    return printWave(value, type, numberedHandles)
  } catch {
    return ''
  }
}

interface DraftProps {
  readonly id: string | undefined
  readonly label: string
  readonly text: string
  readonly read: (text: string) => { ok: true; value: unknown } | { ok: false; problem: string }
  readonly onChange: (value: unknown) => void
}

/** While what is typed is not a value, it stays in the field, and the value stays as it was. */
function DraftField({ id, label, text, read, onChange }: DraftProps) {
  const [draft, setDraft] = useState<{ readonly typed: string; readonly for: string }>()
  const shown = draft && draft.for === text ? draft.typed : text
  const outcome = shown === text ? undefined : read(shown)
  const problem = outcome && !outcome.ok ? outcome.problem : undefined
  const problemId = useId()
  return (
    <span className="draft">
      <input
        id={id}
        className="input mono"
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problemId}
        value={shown}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const typed = event.target.value
          const next = read(typed)
          setDraft({ typed, for: text })
          if (next.ok) onChange(next.value)
        }}
        onBlur={() => problem === undefined && setDraft(undefined)}
      />
      <FieldProblem id={problemId} problem={problem} />
    </span>
  )
}
