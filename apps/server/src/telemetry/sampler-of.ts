import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'

/** By the OpenTelemetry specification, whose SDK leaves it to us to read; the settings have been checked. */
export function samplerOf(variables: Readonly<Record<string, string | undefined>>): Sampler {
  const name = variables.OTEL_TRACES_SAMPLER || 'parentbased_always_on'
  const ratio = Number(variables.OTEL_TRACES_SAMPLER_ARG || 1)
  const root = name.endsWith('always_off')
    ? new AlwaysOffSampler()
    : name.endsWith('traceidratio')
      ? new TraceIdRatioBasedSampler(ratio)
      : new AlwaysOnSampler()
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}
