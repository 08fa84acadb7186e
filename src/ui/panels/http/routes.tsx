import { useId, useState } from 'react'
import { routeLimits, type HttpRoute } from '../../../wasi/http/routes.ts'
import { Icon } from '../../late-icons.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { methods } from './draft.ts'
import { useHttp } from './http-verbs.ts'
import { exportsHandler } from './no-handler.tsx'
import {
  answerNames,
  answers,
  answerText,
  DraftProblem,
  draftOfRoute,
  hasBody,
  newRoute,
  routeOfDraft,
  withRoutes,
  type Answer,
  type RouteDraft,
} from './route-model.ts'
import { ImportRoutes } from './transfer.tsx'

const none: readonly HttpRoute[] = []

/** The canned answers for what the component asks for. The first that fits answers. */
export function Routes() {
  const { setRoutes } = useHttp()
  const routes = useSelect((state) => state.project.wasi?.http?.routes ?? none)
  const [open, setOpen] = useState<number>()
  const [importing, setImporting] = useState(false)
  const full = routes.length >= routeLimits.routes

  function add(route: HttpRoute): void {
    setRoutes([...routes, route])
    setOpen(routes.length)
  }
  function move(from: number, to: number): void {
    const moved = routes[from]
    if (!moved || to < 0 || to >= routes.length) return
    setRoutes(routes.toSpliced(from, 1).toSpliced(to, 0, moved))
    setOpen(open === from ? to : open === to ? from : open)
  }
  return (
    <section className="http-routes" aria-label="Routes">
      {routes.length === 0 && (
        <div className="empty">
          <Icon name="link" />
          <strong>Nothing answers yet</strong>
          <p>Requests of the component never leave this tab. A route answers them; without one they are denied.</p>
        </div>
      )}
      <ol>
        {routes.map((route, index) => (
          // eslint-disable-next-line react/no-array-index-key -- routes are their places
          <li key={index}>
            <div className="http-route">
              <button
                type="button"
                className="http-route-name"
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? undefined : index)}
              >
                <Icon name={open === index ? 'chevron' : 'call-out'} small />
                <span className="mono" title={`${route.method ?? 'Any'} ${route.url}`}>
                  {route.method ?? 'Any'} {route.url}
                </span>
                <span className={route.fault ? 'badge err' : 'badge'}>{answerText(route)}</span>
              </button>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Move route ${index + 1} up`}
                title="Move up"
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                <Icon name="chevron-up" small />
              </button>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Move route ${index + 1} down`}
                title="Move down"
                disabled={index === routes.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <Icon name="chevron" small />
              </button>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Remove route ${index + 1}`}
                title="Remove"
                onClick={() => {
                  setOpen(undefined)
                  setRoutes(routes.toSpliced(index, 1), 'Removed the route.')
                }}
              >
                <Icon name="cross" small />
              </button>
            </div>
            {open === index && (
              <RouteForm
                key={index}
                number={index + 1}
                route={route}
                onChange={(next) => setRoutes(routes.with(index, next))}
              />
            )}
          </li>
        ))}
      </ol>
      <div className="http-actions">
        <button type="button" className="button small" disabled={full} onClick={() => add(newRoute)}>
          Add route
        </button>
        <button
          type="button"
          className="text-button"
          aria-expanded={importing}
          onClick={() => setImporting(!importing)}
        >
          Import HAR
        </button>
      </div>
      {full && <p className="dim http-hint">A project holds up to {routeLimits.routes} routes.</p>}
      {importing && (
        <ImportRoutes
          onRoutes={(read) => {
            const { routes: all, said } = withRoutes(routes, read)
            if (all.length === routes.length) return said
            setRoutes(all, said)
            setImporting(false)
            return undefined
          }}
        />
      )}
      {routes.length > 0 && (
        <p className="dim http-hint">The first route that fits answers. A change takes effect with the next run.</p>
      )}
    </section>
  )
}

interface RouteFormProps {
  readonly number: number
  readonly route: HttpRoute
  readonly onChange: (route: HttpRoute) => void
}

/** What is typed stays as it is typed; while it is no route, the route stays as it was. */
function RouteForm({ number, route, onChange }: RouteFormProps) {
  const [typed, setTyped] = useState<{ readonly draft: RouteDraft; readonly of: HttpRoute }>()
  const absent = useSelect((state) => exportsHandler(state) === false)
  const id = useId()
  // Somebody else has changed it meanwhile.
  const draft = typed?.of === route ? typed.draft : draftOfRoute(route)
  const read = routeOfDraft(draft)

  function change(patch: Partial<RouteDraft>): void {
    const next = { ...draft, ...patch }
    const made = routeOfDraft(next)
    setTyped({ draft: next, of: made instanceof DraftProblem ? route : made })
    if (!(made instanceof DraftProblem)) onChange(made)
  }
  const problem = read instanceof DraftProblem ? read : undefined
  const wrong = (name: DraftProblem['field']) =>
    problem && problem.field === name && { 'aria-invalid': true, 'aria-describedby': `${id}problem` }
  const said = (name: DraftProblem['field']) =>
    problem &&
    problem.field === name && (
      <output id={`${id}problem`} className="field-problem err">
        {problem.message} The route is as it was.
      </output>
    )
  const field = (name: 'url' | 'status' | 'delay' | 'pace', label: string, placeholder: string) => (
    <div className="http-route-field">
      <label htmlFor={`${id}${name}`}>{label}</label>
      <input
        id={`${id}${name}`}
        className="input mono"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        {...(name !== 'url' && { inputMode: 'numeric' as const })}
        {...wrong(name)}
        placeholder={placeholder}
        value={draft[name]}
        onChange={({ target }) => change({ [name]: target.value })}
      />
      {said(name)}
    </div>
  )
  const carries = hasBody(draft.answer)
  return (
    <fieldset className="http-route-form" aria-label={`Route ${number}`}>
      <div className="http-route-field">
        <label htmlFor={`${id}method`}>Method</label>
        <span className="select boxed">
          <select id={`${id}method`} value={draft.method} onChange={({ target }) => change({ method: target.value })}>
            <option value="">Any</option>
            {methods.map((method) => (
              <option key={method}>{method}</option>
            ))}
            {draft.method !== '' && !methods.some((method) => method === draft.method) && (
              <option>{draft.method}</option>
            )}
          </select>
          <Icon name="chevron" small />
        </span>
      </div>
      {field('url', 'Address', 'https://api.example/*')}
      <div className="http-route-field">
        <label htmlFor={`${id}answer`}>Answer</label>
        <span className="select boxed">
          <select
            id={`${id}answer`}
            value={draft.answer}
            onChange={({ target }) =>
              change({ answer: answers.find((answer) => answer === target.value) ?? ('response' satisfies Answer) })
            }
          >
            {answers.map((answer) => (
              <option key={answer} value={answer}>
                {answerNames[answer]}
              </option>
            ))}
          </select>
          <Icon name="chevron" small />
        </span>
      </div>
      {carries && field('status', 'Status', '200')}
      {draft.answer !== 'handler' && field('delay', 'Delay, ms', draft.answer === 'timeout' ? '30000' : '0')}
      {carries && field('pace', 'Part every, ms', 'body in one part')}
      {carries && (
        <>
          <div className="http-route-field">
            <label htmlFor={`${id}headers`}>Headers</label>
            <textarea
              id={`${id}headers`}
              className="input mono"
              rows={2}
              spellCheck={false}
              placeholder="Content-Type: application/json"
              {...wrong('headers')}
              value={draft.headers}
              onChange={({ target }) => change({ headers: target.value })}
            />
            {said('headers')}
          </div>
          <div className="http-route-field">
            <label htmlFor={`${id}body`}>Body</label>
            <textarea
              id={`${id}body`}
              className="input mono"
              rows={3}
              spellCheck={false}
              placeholder={draft.bytes === '' ? 'none' : 'bytes that are no text'}
              value={draft.body}
              {...wrong('body')}
              onChange={({ target }) => change({ body: target.value })}
            />
            {said('body')}
          </div>
        </>
      )}
      {draft.answer === 'handler' &&
        (absent ? (
          <p className="http-hint">The world exports no handler: requests end with connection-terminated.</p>
        ) : (
          <p className="dim">
            Another instance of this component answers, with none of this one’s state. It sees the request once its body
            is complete.
          </p>
        ))}
      {problem?.field === 'method' ? said('method') : said(undefined)}
    </fieldset>
  )
}
