import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** Copies `text`; the glyph turns into a tick for a moment. */
export function CopyButton(props: { text: string; label?: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      size="sm"
      icon={copied ? Check : Copy}
      label={copied ? 'Copied' : (props.label ?? 'Copy')}
      {...(props.className ? { className: props.className } : {})}
      onClick={() => navigator.clipboard.writeText(props.text).then(() => setCopied(true))}
    />
  )
}
