import { useState } from 'react'
import { Segments } from '../../segments.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'
import { Compose } from './compose.tsx'
import { ExchangeHistory } from './exchange-history.tsx'
import { Exchange } from './exchange.tsx'
import { HttpContext } from './http-verbs.ts'
import { exportsHandler, NoHandler } from './no-handler.tsx'
import { Requests } from './requests.tsx'
import { Routes } from './routes.tsx'
import './http.css'

const noRoutes: readonly never[] = []

/** Requests to the component's handler, and what answers the requests that it makes. */
export function HttpView() {
  const simulation = useSimulation()
  const [view, setView] = useState<'requests' | 'routes'>('requests')
  const opened = useSelect((state) => state.opened)
  const routes = useSelect((state) => state.project.wasi?.http?.routes ?? noRoutes).length
  const absent = useSelect((state) => exportsHandler(state) === false)
  if (!simulation) return null
  const routesName = routes === 0 ? 'Routes' : `Routes (${routes})`
  const names = ['Requests', routesName] as const
  return (
    <HttpContext value={simulation.http}>
      <section className="http-panel" aria-label="HTTP" data-region key={opened}>
        <div className="http-views">
          <Segments
            label="HTTP"
            options={names}
            chosen={view === 'routes' ? routesName : 'Requests'}
            onChoose={(name) => setView(name === 'Requests' ? 'requests' : 'routes')}
          />
        </div>
        {view === 'routes' ? (
          <Routes />
        ) : (
          <>
            {!absent && <Compose />}
            <Exchange />
            <Requests onRoutes={() => setView('routes')} />
            <NoHandler />
            <ExchangeHistory />
          </>
        )}
      </section>
    </HttpContext>
  )
}
