/** `otel` and `ecs`: a line by that schema · `json`: flat, as pino writes it · `pretty`: for people at a terminal. */
export const logFormats = ['otel', 'ecs', 'json', 'pretty'] as const
export type LogFormat = (typeof logFormats)[number]
