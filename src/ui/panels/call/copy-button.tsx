import { useEffect, useState } from 'react'
import { Icon } from '../../icons.tsx'

/** Milliseconds for which it says that it worked. */
const shown = 2000

export function CopyButton({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(0)
  useEffect(() => {
    if (copied === 0) return undefined
    const timer = setTimeout(() => setCopied(0), shown)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className="icon-button small"
      aria-label={copied > 0 ? 'Copied' : label}
      title={copied > 0 ? 'Copied' : label}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied((count) => count + 1))}
    >
      <Icon name={copied > 0 ? 'check' : 'copy'} small />
    </button>
  )
}
