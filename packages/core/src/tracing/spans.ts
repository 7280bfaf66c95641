import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

export interface SpanRequest {
  readonly attributes?: Attributes
  readonly kind?: SpanKind
  /** What it is part of; what runs now when left out. */
  readonly parent?: Context
}

const carried = createContextKey('tenantry: attributes of the spans around')

/** The attributes of every span around what runs now, for the lines that it logs. */
export const carriedAttributes = (): Attributes =>
  (context.active().getValue(carried) as Attributes | undefined) ?? {}

/**
 * Runs `work` in a span of its own: whatever it logs and whatever it begins carries that span's ids. A failure marks
 * the span with its code and never with its words, which may quote what a tenant keeps.
 */
export async function withSpan<Result>(
  name: string,
  { attributes = {}, kind = SpanKind.INTERNAL, parent = context.active() }: SpanRequest,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const span = trace.getTracer('tenantry').startSpan(name, { attributes, kind }, parent)
  try {
    const around = parent.getValue(carried) as Attributes | undefined
    const inside = trace.setSpan(parent, span).setValue(carried, { ...around, ...attributes })
    return await context.with(inside, () => work(span))
  } catch (error) {
    markFailed(span, codeOf(error))
    throw error
  } finally {
    span.end()
  }
}

/** @param code of an error: a closed word, no sentence */
export function markFailed(span: Span, code: string): void {
  span.setAttribute('error.type', code)
  span.setStatus({ code: SpanStatusCode.ERROR, message: code })
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}

/** The W3C `traceparent` of what runs now, to be kept with what it asks for; null outside of any span. */
export function traceParent(): string | null {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}

/** Where to go on with what was kept; a context without a span when nothing was, or nothing that is one. */
export function contextOf(kept: string | null | undefined, traceState?: string | undefined): Context {
  if (!kept) return ROOT_CONTEXT
  return propagation.extract(ROOT_CONTEXT, {
    traceparent: kept,
    ...(traceState ? { tracestate: traceState } : {}),
  })
}
