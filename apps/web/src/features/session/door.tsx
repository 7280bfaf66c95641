import type { ReactNode } from 'react'
import { BrandMark } from '../../shell/brand-mark.tsx'
import { FleetMark } from './fleet-mark.tsx'

/** The frame outside the console: the form at the left, the mark as a fleet at the right. */
export function Door(props: { children: ReactNode; chip?: ReactNode; foot?: ReactNode }) {
  return (
    <div className="grid h-dvh grid-cols-[560px_1fr] bg-surface max-lg:grid-cols-1">
      <div className="fixed inset-x-0 top-0 z-20 h-0.5 bg-env" aria-hidden="true" />
      <div className="flex flex-col overflow-y-auto px-10 pt-7 pb-6 max-md:px-5">
        <header className="flex items-center gap-2 text-14 font-semibold">
          <BrandMark />
          Tenantry
          {props.chip && <span className="ml-auto font-normal">{props.chip}</span>}
        </header>
        <main className="m-auto w-84 max-w-full py-8">{props.children}</main>
        <footer className="num flex justify-between gap-4 text-12 text-ink-3">{props.foot}</footer>
      </div>
      <div className="relative overflow-hidden border-l border-line bg-bg max-lg:hidden">
        <FleetMark />
      </div>
    </div>
  )
}
