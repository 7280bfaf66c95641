import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { type AlertSource, useAddSource, useAlertSources, useRemoveSource } from './use-channels.ts'

/** Alertmanagers outside whose alerts go the way of our own. */
export function AlertSources({ refusal }: { refusal: string | undefined }) {
  const query = useAlertSources()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<AlertSource>()
  const { remove, isPending } = useRemoveSource()
  return (
    <section className="shrink-0 border-t border-line pb-3">
      <SectionHeader title="Alerts from outside" meta={query.data?.length}>
        <Button size="sm" disabledReason={refusal} onClick={() => setAdding(true)}>
          Add source…
        </Button>
      </SectionHeader>
      <QueryPanel title="Alerts from outside" noun="sources of alerts" query={query}>
        {(sources) =>
          sources.length === 0 ? (
            <p className="gutter text-12 text-ink-3">
              An Alertmanager that delivers here uses these escalations and these people on call.
            </p>
          ) : (
            <ul className="gutter grid gap-1">
              {sources.map((source) => (
                <li key={source.id} className="flex items-center gap-3">
                  <span className="font-medium">{source.name}</span>
                  <span className="text-12 text-ink-3">
                    {source.seenAt ? (
                      <>
                        delivered <TimeStamp at={source.seenAt} form="relative" />
                      </>
                    ) : (
                      'has delivered nothing yet'
                    )}
                  </span>
                  <span className="ml-auto">
                    <Button
                      size="sm"
                      variant="ghost"
                      disabledReason={refusal}
                      onClick={() => setLeaving(source)}
                    >
                      Remove…
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryPanel>
      {adding && <SourceDialog refusal={refusal} onClose={() => setAdding(false)} />}
      <ConfirmDialog
        open={leaving !== undefined}
        onOpenChange={(open) => !open && setLeaving(undefined)}
        title={`Remove ${leaving?.name ?? ''}`}
        act="Remove source"
        keep="Keep source"
        danger
        busy={isPending}
        disabledReason={refusal}
        onAct={() => {
          if (leaving) remove({ sourceId: leaving.id })
          setLeaving(undefined)
        }}
      >
        <p>Its token lets nothing in any more. Incidents that it has opened stay as they are.</p>
      </ConfirmDialog>
    </section>
  )
}

/** Asks for a name; then shows the token, this once, where it belongs. */
function SourceDialog(props: { refusal: string | undefined; onClose: () => void }) {
  const [name, setName] = useState('Prometheus')
  const { add, added, isPending, error } = useAddSource()
  const receiver = `receivers:
  - name: tenantry
    webhook_configs:
      - url: ${location.origin}/hooks/alertmanager
        send_resolved: true
        http_config:
          authorization:
            credentials: ${added?.token}`
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={added ? 'Its token, this once' : 'New source of alerts'}
      description={
        added
          ? 'Only its hash is kept. Put this into alertmanager.yml now.'
          : 'An Alertmanager whose groups become incidents here.'
      }
      width={620}
      footer={
        added ? (
          <Button variant="primary" onClick={props.onClose}>
            I have put it there
          </Button>
        ) : (
          <>
            <Button onClick={props.onClose}>Leave</Button>
            <Button
              variant="primary"
              busy={isPending}
              disabledReason={props.refusal ?? (name.trim().length < 2 ? 'Give it a name.' : undefined)}
              onClick={() => void add({ name: name.trim() }).catch(() => {})}
            >
              Add source
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-3">
        {error ? <FormFault fault={faultOf(error)} /> : null}
        {added ? (
          <CodeBlock text={receiver} label="alertmanager.yml" />
        ) : (
          <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </div>
    </Dialog>
  )
}
