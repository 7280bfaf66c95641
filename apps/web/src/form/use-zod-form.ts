import { zodResolver } from '@hookform/resolvers/zod'
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import type { z } from 'zod'
import { type Fault, faultOf } from '../api/fault.ts'

type Shape = z.ZodType<FieldValues, FieldValues>

/**
 * A form over the same schema as the procedure's input. Checked on leaving a field, then on every change. Give the parsed
 * values to `submit`; what the server refuses lands at its field through `showFault`.
 */
export function useZodForm<Schema extends Shape>(
  schema: Schema,
  defaultValues: DefaultValues<z.input<Schema>>,
): UseFormReturn<z.input<Schema>, unknown, z.output<Schema>> {
  return useForm<z.input<Schema>, unknown, z.output<Schema>>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: 'onTouched',
  })
}

/** Puts a refusal at the field that it names. The rest is for the form's head: returns it, or undefined. */
export function showFault<Values extends FieldValues, Output extends FieldValues>(
  form: UseFormReturn<Values, unknown, Output>,
  error: unknown,
): Fault | undefined {
  const fault = faultOf(error)
  if (fault.field && fault.field in form.getValues()) {
    form.setError(
      fault.field as FieldPath<Values>,
      { type: fault.code, message: [fault.message, fault.action].filter(Boolean).join(' ') },
      { shouldFocus: true },
    )
    return undefined
  }
  return fault
}
