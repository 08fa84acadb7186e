import { useId, useState } from 'react'
import type { Draft } from '../../../state/simulation/http-state.ts'
import type { HttpRoute } from '../../../wasi/http/routes.ts'
import { useRead } from '../use-read.ts'
import { parseCurl } from './curl.ts'
import { parseHar, type HarEntry } from './har.ts'

interface PasteProps {
  readonly label: string
  readonly hint: string
  readonly action: string
  /** Takes the text; gives what is wrong with it. */
  readonly onText: (text: string) => string | undefined
}

/** A text to paste, or a file to choose. */
function Paste({ label, hint, action, onText }: PasteProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const id = useId()
  const read = useRead()
  const take = (given: string): void => setProblem(onText(given))
  return (
    <fieldset className="http-paste" aria-label={label}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input mono"
        rows={3}
        spellCheck={false}
        placeholder={hint}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}problem`}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setProblem(undefined)
        }}
      />
      {problem !== undefined && (
        <output id={`${id}problem`} className="field-problem err">
          {problem}
        </output>
      )}
      <div className="row">
        <button type="button" className="button small" disabled={text.trim() === ''} onClick={() => take(text)}>
          {action}
        </button>
        <label className="button small ghost file">
          Choose a file
          <input
            type="file"
            className="visually-hidden"
            accept=".har,.json,.txt,.sh,application/json,text/plain"
            onChange={({ target }) => {
              const reading = target.files?.[0]?.text()
              if (reading) void read(reading, take, () => setProblem('The file could not be read. Choose it again.'))
              // The same file may be chosen once more.
              target.value = ''
            }}
          />
        </label>
      </div>
    </fieldset>
  )
}

/** So many entries of a HAR file are there to choose from. */
const mostEntries = 200

/** A request from a curl command or from an entry of a HAR file. */
export function ImportRequest({ onDraft }: { readonly onDraft: (draft: Draft) => void }) {
  const [entries, setEntries] = useState<readonly HarEntry[]>()
  if (entries) {
    return (
      <fieldset className="http-paste" aria-label="Entries of the HAR file">
        <p>
          The file holds {entries.length} requests. Choose one.
          {entries.length > mostEntries && ` The first ${mostEntries} are listed.`}
        </p>
        <ol className="http-entries">
          {entries.slice(0, mostEntries).map(({ draft }, index) => (
            // eslint-disable-next-line react/no-array-index-key -- the list does not change
            <li key={index}>
              <button
                type="button"
                className="text-button mono cut"
                title={draft.target}
                onClick={() => onDraft(draft)}
              >
                {draft.method} {draft.target}
              </button>
            </li>
          ))}
        </ol>
        <div className="row">
          <button type="button" className="button small ghost" onClick={() => setEntries(undefined)}>
            Back
          </button>
        </div>
      </fieldset>
    )
  }
  return (
    <Paste
      label="A curl command or a HAR file"
      hint="curl https://app.example/ -H 'Accept: text/plain'"
      action="Take it over"
      onText={(text) => {
        const found = parseHar(text)
        if (found !== undefined) {
          const [first, ...others] = found
          if (!first) return 'The HAR file holds no request.'
          if (others.length > 0) setEntries(found)
          else onDraft(first.draft)
          return undefined
        }
        const read = parseCurl(text)
        if (!read.ok) return read.message
        onDraft(read.draft)
        return undefined
      }}
    />
  )
}

/** Routes that answer as a HAR file says; `onRoutes` gives why none of them was taken. */
export function ImportRoutes({
  onRoutes,
}: {
  readonly onRoutes: (routes: readonly HttpRoute[]) => string | undefined
}) {
  return (
    <Paste
      label="A HAR file: each of its entries becomes a route"
      hint='{"log": {"version": "1.2", "entries": […]}}'
      action="Add the routes"
      onText={(text) => {
        const entries = parseHar(text)
        if (entries === undefined) return 'The text is no HAR file.'
        if (entries.length === 0) return 'The HAR file holds no request.'
        return onRoutes(entries.map(({ route }) => route))
      }}
    />
  )
}
