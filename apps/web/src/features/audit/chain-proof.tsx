import { ShieldCheck } from 'lucide-react'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import type { ChainProof, useVerifyAudit } from './use-verify-audit.ts'

/** Recomputes every hash from the first entry on. */
export function VerifyButton(props: { verification: ReturnType<typeof useVerifyAudit> }) {
  const { isVerifying, verify } = props.verification
  return (
    <Button icon={ShieldCheck} busy={isVerifying} onClick={verify}>
      {isVerifying ? 'Verifying chain' : 'Verify chain'}
    </Button>
  )
}

function Head({ proof }: { proof: ChainProof }) {
  if (!proof.systemHead) return null
  return (
    <span className="inline-flex items-center gap-1">
      Head <Mono>{proof.systemHead.slice(0, 16)}…</Mono>
      <CopyButton text={proof.systemHead} label="Copy the head of the system chain" className="size-5!" />
    </span>
  )
}

/** What the proof found: every link, or where the first broken one of each chain is. */
export function ChainVerdict(props: { verification: ReturnType<typeof useVerifyAudit> }) {
  const { proof, error, verify, isVerifying } = props.verification
  if (error && !isVerifying)
    return <ErrorPanel title="The chain was not verified" error={error} onRetry={verify} />
  if (!proof) return null
  if (proof.intact) {
    return (
      <div
        role="status"
        className="tone-ok gutter flex shrink-0 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line bg-tone-tint py-1.5"
      >
        <StatusIcon tone="ok" />
        <span>
          <span className="font-medium">Intact.</span> {formatCount(proof.rows)} entries in{' '}
          {formatCount(proof.chains)} {proof.chains === 1 ? 'chain' : 'chains'}, every hash as it was written;
          checked <TimeStamp at={proof.verifiedAt} withZone />.
        </span>
        <Head proof={proof} />
      </div>
    )
  }
  return (
    <Banner tone="failed" flush>
      <span className="font-medium">
        {proof.faults.length === 1 ? 'One chain is' : `${formatCount(proof.faults.length)} chains are`}{' '}
        broken.
      </span>{' '}
      Keep this installation as it is and compare with a backup.
      <ul className="mt-1">
        {proof.faults.map(({ chain, seq, fault }) => (
          <li key={chain}>
            <Mono>
              {chain}/{seq}
            </Mono>
            : {fault}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
