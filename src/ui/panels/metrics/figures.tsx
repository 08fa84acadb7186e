import { Calls } from './calls.tsx'
import { Memory } from './memory.tsx'
import { Size } from './size.tsx'
import { Startup } from './startup.tsx'

/** What there is to show once something has run. */
export default function Figures() {
  return (
    <>
      <Startup />
      <Calls />
      <Memory />
      <Size />
    </>
  )
}
