declare module 'parse-prometheus-text-format' {
  /** @returns the metric families of an exposition */
  export default function parsePrometheusText(text: string): unknown[]
}
