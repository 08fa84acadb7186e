import { createContext, useContext, useId, type ReactNode } from 'react'
import { Icon } from '../../late-icons.tsx'
import { compare, kinds, type FigureKind } from './comparison.ts'

/** Under this name each section says when it calls a figure better or worse than that of the pinned run. */
export const comparing = 'Against a pinned run'

/** What a section measures, and each figure in it: the figure's name, and what it says and how it was taken. */
export type Explanations = Readonly<Record<string, ReactNode>>

const SectionContext = createContext<{ readonly base: string; readonly about: Explanations }>({ base: '', about: {} })

const idOf = (base: string, name: string): string => `${base}-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly value?: string | undefined
  readonly unit?: string | undefined
  readonly difference?: ReactNode
  readonly about: Explanations
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One of the measures: its main figure, what explains all of its figures, and the picture. */
export function Section({ id, title, value, unit, difference, about, actions, children }: SectionProps) {
  const base = useId()
  const heading = `${base}-heading`
  return (
    <SectionContext value={{ base, about }}>
      <section className={`metric ${id}`} aria-labelledby={heading}>
        <div className="metric-head">
          <h3 id={heading}>{title}</h3>
          <button
            type="button"
            className="icon-button small about-button"
            popoverTarget={`${base}-about`}
            aria-label={`About ${title}`}
            title={`What ${title} measures, and how`}
          >
            <Icon name="info" small />
          </button>
          {actions}
          <span className="metric-value" aria-describedby={idOf(base, title)}>
            <b className="mono">{value ?? '–'}</b>
            {value !== undefined && unit !== undefined && <small>{unit}</small>}
          </span>
        </div>
        {difference}
        {children}
        <Popover id={`${base}-about`} label={`About ${title}`}>
          <dl>
            {Object.entries(about).map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd id={idOf(base, name)}>{text}</dd>
              </div>
            ))}
          </dl>
        </Popover>
      </section>
    </SectionContext>
  )
}

/** Opened by a button that names it as its `popoverTarget`. */
export function Popover({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <dialog id={id} className="about" popover="auto" aria-label={label}>
      <header>
        <strong>{label}</strong>
        <button
          type="button"
          className="icon-button small"
          popoverTarget={id}
          popoverTargetAction="hide"
          aria-label="Close"
        >
          <Icon name="cross" small />
        </button>
      </header>
      {children}
    </dialog>
  )
}

interface FigureProps {
  readonly name: string
  /** Where it is explained under another name. */
  readonly explainedAs?: string
  readonly swatch?: string
  readonly difference?: ReactNode
  readonly children: ReactNode
}

/** A figure with its name; the two are described by the section's explanations. */
export function Figure({ name, explainedAs = name, swatch, difference, children }: FigureProps) {
  const { base, about } = useContext(SectionContext)
  const text = about[explainedAs]
  return (
    <div className="figure" title={typeof text === 'string' ? `${name}: ${text}` : undefined}>
      <dt className="cut">
        {swatch !== undefined && <span className={`swatch ${swatch}`} />}
        {name}
      </dt>
      <dd className="mono" aria-describedby={text === undefined ? undefined : idOf(base, explainedAs)}>
        {difference}
        <span>{children}</span>
      </dd>
    </div>
  )
}

interface DifferenceProps {
  readonly kind: FigureKind
  readonly now: number | undefined
  readonly pinned: number | undefined
  readonly show: (amount: number) => string
  /** The amount where the unit stands below a column of them. */
  readonly short?: ((amount: number) => string) | undefined
  /** Below it a difference is noise; without one every difference counts. */
  readonly noise?: number | undefined
}

/** How a figure differs from the pinned run's: amount and word. Nothing where one of the two is missing. */
export function Difference({ kind, now, pinned, show, short = show, noise = 0 }: DifferenceProps) {
  if (now === undefined || pinned === undefined) return null
  const { difference, word, tone } = compare(kind, now, pinned, noise)
  const amount = difference === 0 ? '' : `${short(Math.abs(difference))} `
  const { less, more } = kinds[kind]
  const rule = noise > 0 ? ` ${capital(less)} or ${more} from a difference of ${show(noise)} on.` : ''
  return (
    <span className={`difference ${tone}`} title={`Pinned run: ${show(pinned)}.${rule}`}>
      {amount}
      {word}
    </span>
  )
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
