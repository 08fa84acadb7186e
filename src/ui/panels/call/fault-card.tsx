import type { Fault, Stage } from '../../../contract/fault.ts'
import { Icon, type IconName } from '../../icons.tsx'
import { useActions } from '../../workbench-context.tsx'

interface Kind {
  readonly title: string
  readonly tone: 'err' | 'warn' | 'denied'
}

const kinds: Readonly<Record<Stage, Kind>> = {
  project: { title: 'The project cannot be built', tone: 'err' },
  wit: { title: 'The WIT has a mistake', tone: 'err' },
  types: { title: 'The types do not fit', tone: 'err' },
  source: { title: 'The source has a mistake', tone: 'err' },
  load: { title: 'A part of Witcraft did not arrive', tone: 'err' },
  'guest-init': { title: 'Initialising failed', tone: 'err' },
  build: { title: 'The component could not be built', tone: 'err' },
  transpile: { title: 'The component could not be made ready', tone: 'err' },
  instantiate: { title: 'The component could not be instantiated', tone: 'err' },
  call: { title: 'The call failed', tone: 'err' },
  trap: { title: 'Trap', tone: 'err' },
  denied: { title: 'Denied', tone: 'denied' },
  limit: { title: 'A limit was reached', tone: 'warn' },
  killed: { title: 'Stopped', tone: 'warn' },
  lost: { title: 'The sandbox no longer answers', tone: 'err' },
}

const icons: Readonly<Record<Kind['tone'], IconName>> = { err: 'error', warn: 'warning', denied: 'denied' }

export function FaultCard({ fault, call }: { fault: Fault; call: string }) {
  const { goTo, run } = useActions()
  const { stage, message, next, place, detail } = fault
  const { title, tone } = kinds[stage]
  return (
    <div className={`card ${tone} fault`} role="alert" data-stage={stage}>
      <header>
        <Icon name={icons[tone]} />
        <span>
          {title}
          {place && ` in ${place.file}:${place.line}`}
        </span>
      </header>
      <div className="fault-body">
        <p>{message}</p>
        {detail !== undefined && detail.trim() !== '' && <pre className="mono">{detail}</pre>}
        <p className="dim">{next}</p>
        <div className="row">
          {place && (
            <button type="button" className="button small" onClick={() => goTo(place)}>
              Open {place.file}:{place.line}
            </button>
          )}
          <button type="button" className="button small ghost" onClick={() => void run(call === '' ? undefined : call)}>
            {call === '' ? 'Try again' : 'Restart and repeat the call'}
          </button>
        </div>
      </div>
    </div>
  )
}
