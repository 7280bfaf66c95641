import { getQueryKey } from '@trpc/react-query'
import { useCallback, useEffect, useReducer, useState } from 'react'
import { trpc } from '../../api/trpc.ts'
import { useTopic } from '../../live/use-live.ts'
import { type LogLine, mergeLines } from './log/log-rows.ts'

const pageSize = 1000

/**
 * The log of an operation: its end first, what is written from now on by itself, the rest by `load`. Lines are kept once
 * each, by number, whatever is heard twice.
 */
export function useOperationLog(operationId: string) {
  const utils = trpc.useUtils()
  const input = { operationId, limit: pageSize }
  const query = trpc.operations.log.useQuery(input, { refetchInterval: false })
  const [lines, add] = useReducer(mergeLines, [])
  const [isLoading, setLoading] = useState(false)

  useEffect(() => {
    if (query.data) add(query.data.lines)
  }, [query.data])
  useTopic(`operation:${operationId}`, {
    queries: [getQueryKey(trpc.operations.log, input, 'query')],
    onEvent: (event) => {
      if (event.kind === 'operation.log') add((event.patch as { lines?: LogLine[] }).lines ?? [])
    },
  })

  /** Fetches the lines right before `line`. */
  const loadBefore = useCallback(
    async (line: number) => {
      setLoading(true)
      try {
        const part = await utils.operations.log.fetch({ operationId, beforeLine: line, limit: pageSize })
        add(part.lines)
      } finally {
        setLoading(false)
      }
    },
    [operationId, utils],
  )

  /** The whole log, fetched to its first line. */
  const loadAll = useCallback(async () => {
    let all = lines
    for (;;) {
      const gap = firstGap(all)
      if (gap === undefined) return all
      const { lines: part } = await utils.operations.log.fetch({
        operationId,
        beforeLine: gap,
        limit: pageSize,
      })
      if (part.length === 0) return all
      all = mergeLines(all, part)
      add(part)
    }
  }, [lines, operationId, utils])

  const lastLine = Math.max(query.data?.lastLine ?? 0, lines.at(-1)?.line ?? 0)
  return { query, lines, lastLine, isLoading, loadBefore, loadAll }
}

/** The number of the first line that has a missing one before it. */
function firstGap(lines: readonly LogLine[]): number | undefined {
  return lines.find(({ line }, i) => line !== (lines[i - 1]?.line ?? 0) + 1)?.line
}
