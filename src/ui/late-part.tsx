import { Component, lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react'

/** How many parts have arrived. */
let arrivals = 0

/** What asks once more for each part that did not arrive. */
const missing = new Set<() => void>()

function retryAll(): void {
  const retries = [...missing]
  missing.clear()
  for (const retry of retries) retry()
}

/**
 * A part of the page whose code comes when it is drawn for the first time. `pending` stands there until then. Where it
 * does not arrive or fails, the rest of the page stays as it is; `spare`: what is pending stays, and nothing is said.
 */
export function latePart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { pending = () => null, spare = false }: { pending?: (props: P) => ReactNode; spare?: boolean } = {},
): ComponentType<P> {
  const arriving = (again = false) =>
    lazy(async () => {
      const before = arrivals
      const part = await load().catch((error: unknown) => {
        // What arrived meanwhile says that the connection is back, while this was still under way over the lost one.
        if (arrivals === before) throw error
        return load()
      })
      arrivals += 1
      if (again) retryAll()
      return { default: part }
    })
  let Part = arriving()
  return function LatePart(props: P) {
    const [attempt, setAttempt] = useState(0)
    const retry = (): void => {
      // What did not arrive is remembered, and would not be asked for again.
      Part = arriving(true)
      setAttempt(attempt + 1)
    }
    return (
      <Boundary key={attempt} onFailure={() => missing.add(retry)} instead={spare ? pending(props) : <Missing />}>
        <Suspense fallback={pending(props)}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    )
  }
}

interface BoundaryProps {
  readonly onFailure: () => void
  readonly instead: ReactNode
  readonly children: ReactNode
}

class Boundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override componentDidCatch(): void {
    this.props.onFailure()
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

function Missing() {
  return (
    <p className="empty" role="alert">
      This part of the page could not be loaded.
      <button type="button" className="button small" onClick={retryAll}>
        Try again
      </button>
    </p>
  )
}
