import { useId } from 'react'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly options: readonly T[]
  readonly chosen: string
  readonly onChoose: (option: T) => void
  readonly mono?: boolean
}

/** A few alternatives side by side, one of them chosen. */
export function Segments<T extends string>({ label, options, chosen, onChoose, mono = false }: SegmentsProps<T>) {
  const name = useId()
  return (
    <fieldset className={mono ? 'segments mono' : 'segments'} aria-label={label}>
      {options.map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === chosen} onChange={() => onChoose(option)} />
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  )
}
