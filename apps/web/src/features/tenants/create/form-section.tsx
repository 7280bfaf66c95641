import type { ReactNode } from 'react'

/** One numbered part of the form, parted from the next by a line. */
export function FormSection(props: { number: number; title: string; note: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-labelledby={`section-${props.number}`}
      className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3.5 border-b border-line px-8 py-4.5 max-md:px-5"
    >
      <span
        aria-hidden="true"
        className="num grid size-5.5 place-items-center rounded-full border border-line-strong text-12 text-ink-2"
      >
        {props.number}
      </span>
      <div className="min-w-0">
        <h2 id={`section-${props.number}`} className="text-14 font-semibold">
          {props.title}
        </h2>
        <p className="mb-3 text-ink-2">{props.note}</p>
        {props.children}
      </div>
    </section>
  )
}
