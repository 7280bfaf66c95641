import type { StepResources } from '@tenantry/contracts'
import { useMemo } from 'react'
import { formatBytes, formatCount } from '../../../ui/number-format.ts'
import { formatDuration } from '../../../ui/time-format.ts'
import type { Operation } from '../use-operation.ts'
import { sumCost } from './sum-cost.ts'

const bytes = (count: number) => {
  const { value, unit } = formatBytes(count)
  return `${value} ${unit}`
}

/** Heading, how it is written, and whether a phone has room for it. */
const columns: readonly (readonly [string, (cost: StepResources) => string, string])[] = [
  ['Statements', ({ roundTrips }) => formatCount(roundTrips), ''],
  ['In PostgreSQL', ({ databaseMs }) => formatDuration(databaseMs), ''],
  ['Waited for the lane', ({ lockWaitMs }) => formatDuration(lockWaitMs), 'max-md:hidden'],
  ['Sent', ({ bytesSent }) => bytes(bytesSent), 'max-md:hidden'],
  ['Received', ({ bytesReceived }) => bytes(bytesReceived), 'max-md:hidden'],
]

function Figures(props: { cost: StepResources | undefined }) {
  return columns.map(([heading, write, hidden]) => (
    <td key={heading} className={`pr-5 pl-6 text-right whitespace-nowrap ${hidden}`}>
      {props.cost ? write(props.cost) : <span className="text-ink-3">–</span>}
    </td>
  ))
}

/** What each step has had of the clusters, over all attempts. */
export function StepCost(props: { operation: Operation }) {
  const { plan, steps } = props.operation
  const { rows, total } = useMemo(() => sumCost({ plan, steps }), [plan, steps])
  return (
    <table aria-label="What the steps have had of the clusters" className="num w-full">
      <thead>
        <tr className="h-5.5 border-y border-line bg-surface-2 text-12 text-ink-3">
          <th scope="col" className="pl-5 text-left font-normal">
            Step
          </th>
          {columns.map(([heading, , hidden]) => (
            <th
              key={heading}
              scope="col"
              className={`pr-5 pl-6 text-right font-normal whitespace-nowrap ${hidden}`}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, number, title, cost }) => (
          <tr key={key} className="h-6.75 max-md:h-9">
            <th scope="row" className="w-full max-w-0 truncate pl-5 text-left font-normal">
              <span className="mr-2 inline-block w-3.5 text-right text-12 text-ink-3">{number}</span>
              {title}
            </th>
            <Figures cost={cost} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="h-6.75 border-t border-line font-semibold max-md:h-9">
          <th scope="row" className="pl-10.5 text-left">
            All
          </th>
          <Figures cost={total} />
        </tr>
      </tfoot>
    </table>
  )
}
