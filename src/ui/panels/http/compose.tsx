import { useId, useLayoutEffect, useRef, useState } from 'react'
import { isBusy } from '../../../state/selectors.ts'
import type { Draft } from '../../../state/simulation/http-state.ts'
import { CopyButton } from '../../copy-button.tsx'
import { Icon } from '../../late-icons.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { NumberField } from '../world/number-field.tsx'
import { curlOf } from './curl.ts'
import {
  addressText,
  emptyDraft,
  methods,
  mistakeOf,
  mostParts,
  pastedHeaders,
  requestOf,
  type DraftMistake,
} from './draft.ts'
import { useHttp } from './http-verbs.ts'
import { ImportRequest } from './transfer.tsx'

export const useDraft = (): Draft => useSelect((state) => state.simulation.http?.draft) ?? emptyDraft

/** A request to the component's handler. */
export function Compose() {
  const { send, setDraft } = useHttp()
  const draft = useDraft()
  const busy = useSelect((state) => isBusy(state) || state.simulation.http?.sending === true)
  const [importing, setImporting] = useState(false)
  const id = useId()
  const change = (patch: Partial<Draft>): void => setDraft({ ...draft, ...patch })
  const form = useRef<HTMLFormElement>(null)
  // An empty address is not written yet.
  const mistake = draft.target.trim() === '' ? undefined : mistakeOf(draft)
  /** The field that somebody is in: what is wrong there may only be unfinished, until they want to send it. */
  const [within, setWithin] = useState<DraftMistake['at']>()
  const [tried, setTried] = useState(false)
  const shown = mistake && (tried || mistake.at !== within) ? mistake : undefined
  const known = methods.some((method) => method === draft.method)
  return (
    // It is the fields in it that have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="http-compose"
      aria-label="Request"
      onFocus={({ target }) => {
        const at = target.closest('[data-at]')?.getAttribute('data-at') ?? undefined
        setWithin(at === undefined || at === 'target' ? at : Number(at))
      }}
      onBlur={() => setWithin(undefined)}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(mistake !== undefined)
        if (mistake) form.current?.querySelector<HTMLElement>(`[data-at="${mistake.at}"]`)?.focus()
        else if (!busy) void send(requestOf(draft))
      }}
    >
      <div className="http-line">
        <span className="select boxed">
          <select aria-label="Method" value={draft.method} onChange={({ target }) => change({ method: target.value })}>
            {methods.map((method) => (
              <option key={method}>{method}</option>
            ))}
            {!known && <option>{draft.method}</option>}
          </select>
          <Icon name="chevron" small />
        </span>
        <input
          className="input mono"
          aria-label="Path or address"
          placeholder="/"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          data-at="target"
          {...(shown?.at === 'target' && { 'aria-invalid': true, 'aria-describedby': `${id}mistake` })}
          value={draft.target}
          onChange={({ target }) => change({ target: target.value })}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          Send
        </button>
      </div>
      {shown?.at === 'target' && (
        <output id={`${id}mistake`} className="field-problem err">
          {shown.message}
        </output>
      )}
      <Headers draft={draft} mistake={shown} change={change} />
      <div className="http-field">
        <label htmlFor={`${id}body`}>Body</label>
        <textarea
          id={`${id}body`}
          className="input mono"
          rows={draft.body === '' ? 2 : 4}
          spellCheck={false}
          placeholder="none"
          value={draft.body}
          onChange={({ target }) => change({ body: target.value })}
        />
      </div>
      {draft.body !== '' && (
        <fieldset className="http-parts" aria-label="Streaming">
          <label htmlFor={`${id}parts`}>Send in</label>
          <NumberField
            id={`${id}parts`}
            value={draft.parts}
            least={1}
            most={mostParts}
            onChange={(parts) => change({ parts })}
          />
          <span>{draft.parts === 1 ? 'part' : 'parts,'}</span>
          {draft.parts > 1 && (
            <>
              <NumberField
                id={`${id}pause`}
                value={draft.pause}
                least={0}
                most={600_000}
                onChange={(pause) => change({ pause })}
              />
              <label htmlFor={`${id}pause`}>ms apart</label>
            </>
          )}
        </fieldset>
      )}
      <div className="http-actions">
        <button
          type="button"
          className="text-button"
          aria-expanded={importing}
          onClick={() => setImporting(!importing)}
        >
          Import curl or HAR
        </button>
        <span className="end">
          <CopyButton label="Copy as curl" text={() => curlOf(draft, addressText(requestOf(draft)))} />
        </span>
      </div>
      {importing && (
        <ImportRequest
          onDraft={(read) => {
            setDraft(read)
            setImporting(false)
          }}
        />
      )}
    </form>
  )
}

interface HeadersProps {
  readonly draft: Draft
  readonly mistake: DraftMistake | undefined
  readonly change: (patch: Partial<Draft>) => void
}

function Headers({ draft: { headers }, mistake, change }: HeadersProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const adding = useRef(false)
  useLayoutEffect(() => {
    if (!adding.current) return
    adding.current = false
    list.current?.querySelector<HTMLElement>('.http-header:last-of-type input')?.focus()
  })
  return (
    <fieldset className="http-field" aria-labelledby={id}>
      <span id={id}>Headers</span>
      <div ref={list} className="http-headers">
        {headers.map(([name, value], index) => (
          // eslint-disable-next-line react/no-array-index-key -- names change while they are typed
          <div className="http-header" key={index}>
            <input
              className="input mono"
              aria-label={`Name of header ${index + 1}`}
              placeholder="name"
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              data-at={index}
              {...(mistake?.at === index && { 'aria-invalid': true, 'aria-describedby': `${id}mistake` })}
              value={name}
              onPaste={(event) => {
                const pasted = name === '' ? pastedHeaders(event.clipboardData.getData('text')) : undefined
                if (!pasted) return
                event.preventDefault()
                change({ headers: headers.toSpliced(index, 1, ...pasted) })
              }}
              onChange={({ target }) => change({ headers: headers.with(index, [target.value, value]) })}
            />
            <input
              className="input mono"
              aria-label={name === '' ? `Value of header ${index + 1}` : `Value of ${name}`}
              placeholder="value"
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              value={value}
              onChange={({ target }) => change({ headers: headers.with(index, [name, target.value]) })}
            />
            <button
              type="button"
              className="icon-button small"
              aria-label={`Remove header ${name === '' ? index + 1 : name}`}
              title="Remove"
              onClick={() => change({ headers: headers.toSpliced(index, 1) })}
            >
              <Icon name="cross" small />
            </button>
            {mistake?.at === index && (
              <output id={`${id}mistake`} className="field-problem err">
                {mistake.message}
              </output>
            )}
          </div>
        ))}
        <button
          type="button"
          className="text-button"
          onClick={() => {
            adding.current = true
            change({ headers: [...headers, ['', '']] })
          }}
        >
          Add header
        </button>
      </div>
    </fieldset>
  )
}
