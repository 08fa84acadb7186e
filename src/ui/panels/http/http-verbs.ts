import { createContext, useContext } from 'react'
import type { State } from '../../../state/state.ts'
import type { HttpVerbs } from '../../../state/simulation/http.ts'
import type { Exchange } from '../../../state/simulation/http-state.ts'

export const HttpContext = createContext<HttpVerbs | undefined>(undefined)

/** The verbs of HTTP, which the panel waits for. */
export function useHttp(): HttpVerbs {
  const verbs = useContext(HttpContext)
  if (!verbs) throw new Error('There is no HttpContext above this component')
  return verbs
}

/** The exchange that is looked at: the chosen one, else the newest. */
export const shownExchange = ({ simulation: { http } }: State): Exchange | undefined =>
  http?.exchanges.find(({ id }) => id === http.chosen) ?? http?.exchanges[0]
