import { getQueryKey } from '@trpc/react-query'
import { useIdempotencyKey } from '../../../api/idempotency.ts'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'

/** Asks for everything about operations and tenants again, soon: what a verb has changed. */
function useAfterVerb() {
  const invalidateSoon = useInvalidateSoon()
  return () => {
    invalidateSoon(getQueryKey(trpc.operations))
    invalidateSoon(getQueryKey(trpc.tenants))
  }
}

/** Stops an operation: at once, or at its next step and by force when its grace is over. */
export function useCancelOperation() {
  const after = useAfterVerb()
  return trpc.operations.cancel.useMutation({
    onSuccess: ({ state }) => {
      toastDone(state === 'cancelled' ? 'Operation cancelled' : 'It stops at its next step')
      after()
    },
    onError: (error) => toastFailed('Not cancelled', error),
  })
}

/** Lets an operation that waits go on at once. */
export function useHurryOperation() {
  const after = useAfterVerb()
  return trpc.operations.hurry.useMutation({
    onSuccess: () => {
      toastDone('It goes on now')
      after()
    },
    onError: (error) => toastFailed('It waits as before', error),
  })
}

/** Moves an operation to the front of its cluster’s queue. */
export function usePrioritiseOperation() {
  const after = useAfterVerb()
  return trpc.operations.prioritise.useMutation({
    onSuccess: () => {
      toastDone('Moved to the front')
      after()
    },
    onError: (error) => toastFailed('Not moved', error),
  })
}

/** Retries several failures, each for itself; says how many were refused. */
export function useRetryMany() {
  const key = useIdempotencyKey()
  const after = useAfterVerb()
  const mutation = trpc.operations.retryMany.useMutation({
    onSuccess: (answers) => {
      key.renew()
      sayAnswers(answers, 'retried')
      after()
    },
    onError: (error) => toastFailed('Not retried', error),
  })
  return {
    isPending: mutation.isPending,
    retry: (operationIds: string[]) => mutation.mutateAsync({ operationIds, idempotencyKey: key.current() }),
  }
}

/** Puts failures aside with a reason. */
export function usePutAside() {
  const after = useAfterVerb()
  return trpc.operations.putAside.useMutation({
    onSuccess: (answers) => {
      sayAnswers(answers, 'put aside')
      after()
    },
    onError: (error) => toastFailed('Not put aside', error),
  })
}

type Answer = RouterOutputs['operations']['retryMany' | 'putAside'][number]

function sayAnswers(answers: readonly Answer[], done: string): void {
  const refusals = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal.message] : []))
  const count = answers.length - refusals.length
  const word = (n: number) => (n === 1 ? '1 operation' : `${n} operations`)
  if (count > 0) toastDone(`${word(count)} ${done}`)
  const [first] = refusals
  if (first) toastFailed(`${word(refusals.length)} not ${done}`, new Error(first))
}
