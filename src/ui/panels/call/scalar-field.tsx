import { useId, useState } from 'react'
import type { PrimitiveType } from '../../../component/types.ts'
import { Unfinished } from '../../../component/unfinished-value.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import { parseWave, printWave } from '../../../component/wave.ts'
import { escapeText } from '../../../component/wave-text.ts'
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
        value={value}
        write={(each) => (typeof each === 'string' ? each : '')}
        read={(typed) => readWave(typed, `'${escapeText(typed, "'")}'`, type)}
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
      value={value}
      write={(each) => waveOf(each, type)}
      read={(typed) => readWave(typed, typed, type)}
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

/** What is typed into a field, which stands in the line as `wave`. */
function readWave(typed: string, wave: string, type: FieldProps['type']): unknown {
  const outcome = parseWave(wave, type, numberedHandles)
  return outcome.ok ? outcome.value : new Unfinished(typed, wave, outcome.error)
}

interface DraftProps {
  readonly id: string | undefined
  readonly label: string
  readonly value: unknown
  /** The text of a value. */
  readonly write: (value: unknown) => string
  /** The value of a text, `Unfinished` where it is none. */
  readonly read: (typed: string) => unknown
  readonly onChange: (value: unknown) => void
}

/** What is typed stays as it is typed: while it is no value, and where a value is written differently, until it is left. */
function DraftField({ id, label, value, write, read, onChange }: DraftProps) {
  const unfinished = value instanceof Unfinished ? value : undefined
  const text = unfinished ? unfinished.typed : write(value)
  const [draft, setDraft] = useState<{ readonly typed: string; readonly for: string }>()
  const problemId = useId()
  return (
    <span className="draft">
      <input
        id={id}
        className="input mono"
        aria-label={label}
        aria-invalid={unfinished !== undefined}
        aria-describedby={problemId}
        value={!unfinished && draft?.for === text ? draft.typed : text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const typed = event.target.value
          const next = read(typed)
          if (!(next instanceof Unfinished)) setDraft({ typed, for: write(next) })
          onChange(next)
        }}
        onBlur={() => setDraft(undefined)}
      />
      <FieldProblem id={problemId} problem={unfinished?.error.message} />
    </span>
  )
}
