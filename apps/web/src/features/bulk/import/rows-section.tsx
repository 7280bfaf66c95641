import { type ImportRow, importColumns } from '@tenantry/contracts'
import { FileUp, X } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { CodeBlock } from '../../../ui/code.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { Mono } from '../../../ui/tag.tsx'
import { FormSection } from '../../tenants/create/form-section.tsx'
import { readRows } from './read-rows.ts'

const example = `${importColumns.join(',')}
north-field,North Field,university,,plan=free;region=eu,
south-bay,South Bay College,,eu-1,,moved in from the old system`

/** A file that is dropped or chosen, or text that is pasted. */
export function RowsSection(props: { rows: readonly ImportRow[]; onRows: (rows: ImportRow[]) => void }) {
  const [fault, setFault] = useState<string>()
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const [over, setOver] = useState(false)
  const [name, setName] = useState('')
  const input = useRef<HTMLInputElement>(null)

  const take = (text: string, from: string) => {
    const read = readRows(text)
    setFault('fault' in read ? read.fault : undefined)
    setUnknown('fault' in read ? [] : read.unknown)
    setName(from)
    props.onRows('fault' in read ? [] : read.rows)
  }
  const takeFile = (file: File | undefined) => {
    if (!file) return
    void file.text().then((text) => take(text, file.name))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    takeFile(event.dataTransfer.files[0])
  }
  const clear = () => {
    setFault(undefined)
    setUnknown([])
    setName('')
    props.onRows([])
  }
  return (
    <FormSection
      number={1}
      title="Rows"
      note="A CSV file whose first line names the columns, or a JSON list of objects. Only slug is needed."
    >
      <div className="grid max-w-180 gap-3">
        {props.rows.length > 0 ? (
          <div className="flex items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
            <Mono className="truncate font-medium">{name}</Mono>
            <span className="num text-ink-2">{formatCount(props.rows.length)} rows</span>
            <span className="flex-1" />
            <Button size="sm" icon={X} onClick={clear}>
              Choose another
            </Button>
          </div>
        ) : (
          <>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the button does */}
            <div
              onDragOver={(event) => {
                event.preventDefault()
                setOver(true)
              }}
              onDragLeave={() => setOver(false)}
              onDrop={drop}
              className={classNames(
                'flex flex-wrap items-center gap-3 rounded-md border border-dashed px-4 py-6',
                over ? 'border-accent bg-accent-tint' : 'border-line-strong',
              )}
            >
              <Button icon={FileUp} onClick={() => input.current?.click()}>
                Choose a file
              </Button>
              <span className="text-ink-2">or drop one here, CSV or JSON, at most 20,000 rows</span>
              <input
                ref={input}
                type="file"
                accept=".csv,.tsv,.txt,.json,text/csv,application/json"
                aria-label="File with tenants"
                className="sr-only"
                tabIndex={-1}
                onChange={(event) => takeFile(event.target.files?.[0])}
              />
            </div>
            <TextArea
              label="Or paste it"
              rows={5}
              className="mono"
              spellCheck={false}
              onChange={(event) => event.target.value.trim() && take(event.target.value, 'pasted')}
            />
            <CodeBlock text={example} />
          </>
        )}
        {fault && <Banner tone="failed">{fault}</Banner>}
        {unknown.length > 0 && (
          <Banner tone="note">
            Columns that mean nothing here are left out: <Mono>{unknown.join(', ')}</Mono>
          </Banner>
        )}
      </div>
    </FormSection>
  )
}
