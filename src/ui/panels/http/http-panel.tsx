import { useState } from 'react'
import { useSelect } from '../../workbench-context.tsx'
import { latePart } from '../../late-part.tsx'

const HttpView = latePart(async () => (await import('./http-view.tsx')).HttpView, {
  pending: () => <p className="empty">Loading this panel</p>,
})

/** Its code is much, and comes when somebody first looks at it. */
export function HttpPanel() {
  const shown = useSelect(({ preferences, shell }) => preferences.layout.sideTab === 'http' || shell.view === 'http')
  const [seen, setSeen] = useState(shown)
  if (shown && !seen) setSeen(true)
  return seen ? <HttpView /> : null
}
