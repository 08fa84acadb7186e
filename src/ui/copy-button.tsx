import { useEffect, useState } from 'react'
import { Icon } from './late-icons.tsx'

/** Milliseconds for which it says what came of it. */
const shown = 2000

interface CopyButtonProps {
  readonly label: string
  /** Asked for only then. */
  readonly text: () => string
  readonly disabled?: boolean
}

export function CopyButton({ label, text, disabled = false }: CopyButtonProps) {
  const [came, setCame] = useState<{ readonly to: 'Copied' | 'Copying was not allowed' }>()
  useEffect(() => {
    if (!came) return undefined
    const timer = setTimeout(() => setCame(undefined), shown)
    return () => clearTimeout(timer)
  }, [came])
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text())
      setCame({ to: 'Copied' })
    } catch {
      // The page is not allowed to, or the browser has no clipboard for it.
      setCame({ to: 'Copying was not allowed' })
    }
  }
  const words = came?.to ?? label
  return (
    <button
      type="button"
      className="icon-button small"
      aria-label={words}
      title={words}
      disabled={disabled}
      onClick={() => void copy()}
    >
      <Icon name={came === undefined ? 'copy' : came.to === 'Copied' ? 'check' : 'error'} small />
    </button>
  )
}
