import { Archive, Pause, RotateCcw, SkipForward, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { TimeChart } from '../../chart/time-chart.tsx'
import { LiveProvider } from '../../live/live-provider.tsx'
import { LivePill } from '../../shell/live-pill.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { Shell } from '../../shell/shell.tsx'
import { EnvironmentChip } from '../../shell/top-bar.tsx'
import { type Viewer, ViewerContext } from '../../shell/viewer.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CodeBox } from '../../ui/code.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyFiltered, EmptyForbidden, EmptyNothing } from '../../ui/empty.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { TextField } from '../../ui/field.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Meter } from '../../ui/meter.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { operationLook, tenantLook } from '../../ui/state-tones.ts'
import { Status, StatusBadge } from '../../ui/status.tsx'
import { Tag } from '../../ui/tag.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { FleetCanvas } from '../fleet/fleet-canvas.tsx'
import { SampleTable } from './sample-table.tsx'
import { sampleFault, sampleFleet, samplePoints, sampleSeries } from './samples.ts'

const viewer: Viewer = {
  id: 'us_0',
  name: 'Mira Holt',
  email: 'mira.holt@example.edu',
  role: 'operator',
  environment: { name: 'production', production: true },
  version: '0.1.0',
  signOut: () => {},
}

function Cell(props: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="min-w-0 border-r border-b border-line px-5 pt-3 pb-4">
      <h2 className="mb-2.5 flex justify-between font-semibold">
        {props.title}
        <span className="text-12 font-normal text-ink-3">{props.note}</span>
      </h2>
      {props.children}
    </section>
  )
}

const row = 'flex flex-wrap items-center gap-2'
const nothing = () => {}

/** The living sheet of components and states: held beside the drawing when either changes. */
export function GalleryPage() {
  return (
    <ViewerContext value={viewer}>
      <LiveProvider onEnded={nothing}>
        <Shell counts={{}} useHits={() => ({ hits: [], isSearching: false })}>
          <PageTitle title="Components and states" />
          <div className="grid flex-1 grid-cols-3 content-start overflow-y-auto max-lg:grid-cols-2 max-md:grid-cols-1">
            <section className="col-span-full min-w-0 border-b border-line">
              <SampleTable />
            </section>
            <Cells />
          </div>
        </Shell>
      </LiveProvider>
    </ViewerContext>
  )
}

function Cells() {
  const [range, setRange] = useState('90')
  const [template, setTemplate] = useState('university')
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  return (
    <>
      <Cell title="Live pill" note="one component, five states">
        <div className="grid justify-items-start gap-1.5">
          <LivePill status={{ kind: 'live' }} onPress={nothing} />
          <LivePill status={{ kind: 'delayed', seconds: 4 }} onPress={nothing} />
          <LivePill status={{ kind: 'reconnecting', attempt: 3 }} onPress={nothing} />
          <LivePill
            status={{ kind: 'stale', since: Date.UTC(2026, 10, 22, 12, 3, 11), seconds: 41 }}
            onPress={nothing}
          />
          <LivePill status={{ kind: 'paused', waiting: 38 }} onPress={nothing} />
        </div>
      </Cell>
      <Cell title="Status" note="icon, word, tint; text is ink">
        <div className={row}>
          {Object.values(tenantLook).map((look) => (
            <StatusBadge key={look.word} look={look} />
          ))}
          <StatusBadge look={operationLook.waiting} />
          <StatusBadge look={{ tone: 'drift', word: 'Drifted' }} />
        </div>
        <div className={`${row} mt-3 gap-x-4`}>
          {Object.values(operationLook).map((look) => (
            <Status key={look.word} look={look} />
          ))}
        </div>
        <div className="mt-3">
          <StatusBadge look={operationLook.running} large>
            Running step 4 of 7
          </StatusBadge>
        </div>
      </Cell>
      <Cell title="Buttons" note="28 px, 24 in panels, 36 for one">
        <div className={row}>
          <Button variant="primary">Create tenant</Button>
          <Button icon={Archive}>Back up now</Button>
          <Button variant="ghost">Create one</Button>
        </div>
        <div className={`${row} mt-2`}>
          <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
            Discard lund
          </Button>
          <Button size="sm" icon={RotateCcw}>
            Retry 9
          </Button>
          <Button busy>Saving</Button>
        </div>
        <div className={`${row} mt-2`}>
          <Button icon={SkipForward} disabledReason="Wave 2 still has 288 queued.">
            Advance
          </Button>
        </div>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title="Discard lund"
          act="Discard tenant"
          keep="Keep tenant"
          danger
          onAct={() => setAsking(false)}
        >
          Nothing of it is left on the cluster, and the slug is free again.
        </ConfirmDialog>
      </Cell>
      <Cell title="Fields" note="label, control, help">
        <div className="grid gap-3">
          <TextField label="Slug" hint="Part of its address and schema." mono defaultValue="northfield" />
          <TextField
            label="Slug"
            error="The slug unibo belongs to another tenant. Choose another."
            mono
            defaultValue="unibo"
          />
          <Select
            label="Template"
            value={template}
            onChange={setTemplate}
            options={[
              { value: 'university', label: 'University', note: 'version 14, 31 tables' },
              { value: 'college', label: 'College', note: 'version 3, 12 tables' },
            ]}
          />
        </div>
      </Cell>
      <Cell title="Keys, tags, amounts" note="4 px radius">
        <div className={row}>
          <KeyHint keys={['mod', 'k']} />
          <KeyHint keys={['/']} />
          <KeyHint keys={['g', 't']} />
          <Tag>enterprise</Tag>
          <Tag mono>55P03</Tag>
          <EnvironmentChip name="production" />
        </div>
        <div className={`${row} mt-2.5`}>
          <Meter value={61} max={100} label="61 of 100 GB" className="w-30" />
          <Meter value={83} max={100} label="83 of 100 GB" className="w-20" />
          <Segments
            label="Range"
            value={range}
            onChange={setRange}
            options={[
              { value: '30', label: '30 d' },
              { value: '90', label: '90 d' },
              { value: '365', label: '1 y' },
            ]}
          />
        </div>
      </Cell>
      <Cell title="Search chips" note="text and chips are one filter">
        <SearchField
          label="Search tenants"
          value={words}
          onChange={setWords}
          placeholder="or a name"
          end="143 match"
          chips={<Chip name="state" value="failed" onRemove={nothing} />}
        />
        <div className="mt-3">
          <CodeBox prompt text="tenantry tenant list --state failed" />
        </div>
      </Cell>
      <Cell title="Staleness and skew" note="banner under the top bar">
        <div className="grid gap-2">
          <Banner tone="warn" action={<Button size="sm">Retry now</Button>}>
            Data as of 12:03:11Z, 41 s old. Actions are off until it is live.
          </Banner>
          <Banner tone="news" action={<Button size="sm">Reload</Button>}>
            A new version is ready.
          </Banner>
        </div>
      </Cell>
      <Cell title="Toasts" note="bottom right, errors stay">
        <div className={row}>
          <Button
            icon={Pause}
            onClick={() => toastDone('Labels of lund saved', { label: 'Undo', onPress: nothing })}
          >
            Done
          </Button>
          <Button onClick={() => toastFailed('Label not saved, kept gdpr', sampleFault, nothing)}>
            Failed
          </Button>
        </div>
      </Cell>
      <Cell title="Fleet cells" note="6, 8, 12 px pitch">
        <div className="grid gap-3">
          {([6, 8, 12] as const).map((pitch) => (
            <FleetCanvas
              key={pitch}
              pitch={pitch}
              columns={Math.floor(360 / pitch)}
              tones={sampleFleet}
              label="Sample cells"
            />
          ))}
        </div>
      </Cell>
      <Cell title="Empty" note="three kinds, never a picture">
        <div className="-m-5">
          <EmptyNothing
            title="No tenants yet"
            action={<Button variant="primary">Create the first tenant</Button>}
            command="tenantry tenant create northfield"
          />
          <EmptyFiltered filters={3} onClear={nothing} hint="Without plan:enterprise 41 match." />
          <EmptyForbidden noun="the audit log" permission="audit.read" />
        </div>
      </Cell>
      <Cell title="Loading and errors" note="skeleton after 150 ms">
        <div className="-mx-5">
          <SkeletonRows rows={3} label="Loading" />
          <ErrorPanel title="Queue depth did not load" error={sampleFault} onRetry={nothing} />
        </div>
      </Cell>
      <Cell title="Chart" note="gaps stay gaps">
        <TimeChart
          label="Duration of provisioning, p50, p95 and p99, last hour"
          points={samplePoints}
          series={sampleSeries}
          format={(seconds) => `${seconds} s`}
          scale="log"
          height={200}
        />
      </Cell>
    </>
  )
}
