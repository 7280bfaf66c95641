import { CircleAlert } from 'lucide-react'
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

export interface FieldProps {
  label: ReactNode
  /** What is expected, under the control. */
  hint?: ReactNode
  /** What is wrong and how to mend it; takes the place of the hint. */
  error?: ReactNode
  /** At the right of the label: a counter, a link. */
  end?: ReactNode
}

/** Ids that tie a control to its label and its help. */
export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, control, help: the render prop hands the control its ids. */
export function Field(props: FieldProps & { children: (ids: FieldIds) => ReactNode }) {
  const id = useId()
  const help = props.error ?? props.hint
  const helpId = `${id}-help`
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-2 text-12">
        <label htmlFor={id} className="font-medium text-ink-2">
          {props.label}
        </label>
        {props.end && <span className="text-ink-3">{props.end}</span>}
      </div>
      {props.children({
        id,
        'aria-describedby': help ? helpId : undefined,
        'aria-invalid': props.error ? true : undefined,
      })}
      {help && (
        <p
          id={helpId}
          role={props.error ? 'alert' : undefined}
          className={classNames('mt-1 flex gap-1 text-12', props.error ? 'text-ink' : 'text-ink-3')}
        >
          {props.error && (
            <Icon of={CircleAlert} size={12} className="tone-failed mt-0.5 text-tone-icon" bold />
          )}
          <span>{help}</span>
        </p>
      )}
    </div>
  )
}

const control =
  'w-full rounded-md border border-line-control bg-surface px-2.5 text-ink placeholder:text-ink-3 focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-danger max-md:text-16'

export interface TextFieldProps
  extends FieldProps,
    Omit<ComponentPropsWithRef<'input'>, 'children' | 'size'> {
  mono?: boolean
  large?: boolean
}

/** A labelled line of text; spreads what react-hook-form's `register` gives. */
export function TextField({ label, hint, error, end, mono, large, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} end={end}>
      {(ids) => (
        <input
          {...input}
          {...ids}
          className={classNames(
            control,
            large ? 'h-9 max-md:h-12' : 'h-8 max-md:h-11',
            mono && 'mono',
            className,
          )}
        />
      )}
    </Field>
  )
}

export interface TextAreaProps extends FieldProps, Omit<ComponentPropsWithRef<'textarea'>, 'children'> {}

/** Several labelled lines of text. */
export function TextArea({ label, hint, error, end, className, ...input }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} end={end}>
      {(ids) => (
        <textarea rows={4} {...input} {...ids} className={classNames(control, 'block py-1.5', className)} />
      )}
    </Field>
  )
}
