import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { Icon } from '../../late-icons.tsx'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useSelect } from '../../workbench-context.tsx'
import { Part } from './part.tsx'
import {
  environmentOf,
  parseDotEnv,
  pastedWords,
  rowProblem,
  rowsOf,
  sameEnvironment,
  type VariableRow,
} from './variables.ts'
import { useWorld } from './world-settings.ts'

const reaches = [{ name: 'wasi:cli/environment', gives: 'getEnvironment, getArguments, initialCwd' }]

export function Environment() {
  return (
    <Part title="Environment" reaches={reaches}>
      <Variables />
      <Arguments />
      <WorkingDirectory />
    </Part>
  )
}

/** Puts the focus into the first field of a row that was just added. */
function useAddedFocus(): readonly [list: RefObject<HTMLDivElement | null>, begin: () => void] {
  const list = useRef<HTMLDivElement>(null)
  const adding = useRef(false)
  useLayoutEffect(() => {
    if (!adding.current) return
    adding.current = false
    list.current?.querySelector<HTMLElement>('.world-row:last-of-type input')?.focus()
  })
  const begin = (): void => {
    adding.current = true
  }
  return [list, begin]
}

function Variables() {
  const { setWasi } = useWorld()
  const env = useSelect((state) => state.project.wasi?.env) ?? {}
  const [draft, setDraft] = useState<readonly VariableRow[]>([])
  const id = useId()
  const kept = useKeptFocus<HTMLFieldSetElement>()
  // What is typed stays as it is typed, until something else changes the project.
  const rows = sameEnvironment(environmentOf(draft), env) ? draft : rowsOf(env)
  const [list, begin] = useAddedFocus()

  function change(next: readonly VariableRow[], said?: string): void {
    setDraft(next)
    setWasi({ env: environmentOf(next) }, said)
  }
  /** A text of several variables in the place of one. */
  function paste(index: number, text: string): boolean {
    const { env: found, skipped } = parseDotEnv(text)
    const pasted = Object.entries(found)
    if (!/[=\n]/.test(text) || pasted.length === 0) return false
    const names = new Set(pasted.map(([name]) => name))
    const before = rows.slice(0, index).filter(([name]) => !names.has(name))
    const after = rows.slice(index + 1).filter(([name]) => !names.has(name))
    change([...before, ...pasted, ...after], pastedWords(pasted.length, skipped))
    return true
  }

  return (
    <fieldset className="world-list" aria-labelledby={`${id}label`} {...kept}>
      <span className="world-label" id={`${id}label`}>
        Variables
      </span>
      <div ref={list} className="world-rows">
        {rows.map(([name, value], index) => {
          const problem = rowProblem(rows, index)
          const label = name === '' ? `variable ${index + 1}` : name
          return (
            // eslint-disable-next-line react/no-array-index-key -- names change while they are typed
            <div className="world-row variable" key={index}>
              <input
                className="input mono"
                aria-label={`Name of ${label}`}
                aria-invalid={problem !== undefined}
                {...(problem !== undefined && { 'aria-describedby': `${id}${index}` })}
                placeholder="NAME"
                spellCheck={false}
                autoCapitalize="off"
                autoComplete="off"
                value={name}
                onPaste={(event) => {
                  if (paste(index, event.clipboardData.getData('text'))) event.preventDefault()
                }}
                onChange={({ target }) => change(rows.with(index, [target.value, value]))}
              />
              <input
                className="input mono"
                aria-label={`Value of ${label}`}
                placeholder="value"
                spellCheck={false}
                autoCapitalize="off"
                autoComplete="off"
                value={value}
                onChange={({ target }) => change(rows.with(index, [name, target.value]))}
              />
              <button
                type="button"
                className="icon-button small"
                aria-label={`Remove ${label}`}
                title={`Remove ${label}`}
                onClick={() => change(rows.toSpliced(index, 1), name === '' ? undefined : `Removed ${name}.`)}
              >
                <Icon name="cross" small />
              </button>
              {problem !== undefined && (
                <output id={`${id}${index}`} className="field-problem warn">
                  {problem}
                </output>
              )}
            </div>
          )
        })}
      </div>
      <p className="world-add">
        <button
          type="button"
          className="text-button"
          onClick={() => {
            begin()
            change([...rows, ['', '']])
          }}
        >
          Add variable
        </button>
        <span className="dim">or paste a .env text into a name</span>
      </p>
    </fieldset>
  )
}

function Arguments() {
  const { setWasi } = useWorld()
  const args = useSelect((state) => state.project.wasi?.args) ?? []
  const id = useId()
  const kept = useKeptFocus<HTMLFieldSetElement>()
  const [list, begin] = useAddedFocus()
  return (
    <fieldset className="world-list" aria-labelledby={`${id}label`} {...kept}>
      <span className="world-label" id={`${id}label`}>
        Arguments
      </span>
      <div ref={list} className="world-rows">
        {args.map((arg, index) => (
          // eslint-disable-next-line react/no-array-index-key -- arguments are their positions
          <div className="world-row argument" key={index}>
            <span className="index mono">{index}</span>
            <input
              className="input mono"
              aria-label={index === 0 ? 'Argument 0, the name of the component' : `Argument ${index}`}
              placeholder={index === 0 ? 'name of the component' : 'empty text'}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              value={arg}
              onChange={({ target }) => setWasi({ args: args.with(index, target.value) })}
            />
            <button
              type="button"
              className="icon-button small"
              aria-label={`Remove argument ${index}`}
              title={`Remove argument ${index}`}
              onClick={() => setWasi({ args: args.toSpliced(index, 1) }, arg === '' ? undefined : `Removed ${arg}.`)}
            >
              <Icon name="cross" small />
            </button>
          </div>
        ))}
      </div>
      <p className="world-add">
        <button
          type="button"
          className="text-button"
          onClick={() => {
            begin()
            setWasi({ args: [...args, ''] })
          }}
        >
          Add argument
        </button>
        <span className="dim">the first is the component’s name</span>
      </p>
    </fieldset>
  )
}

function WorkingDirectory() {
  const { setWasi } = useWorld()
  const cwd = useSelect((state) => state.project.wasi?.cwd) ?? ''
  const id = useId()
  return (
    <div className="world-field">
      <label htmlFor={id}>Working directory</label>
      <input
        id={id}
        className="input mono"
        placeholder="none"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={cwd}
        onChange={({ target }) => setWasi({ cwd: target.value })}
      />
    </div>
  )
}
