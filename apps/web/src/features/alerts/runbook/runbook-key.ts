/** `/docs/alerts/<key>` is a page of ours; anything else is an address outside. */
export function runbookKey(url: string): string | undefined {
  return /^\/docs\/alerts\/([a-z0-9-]{1,60})$/.exec(url)?.[1]
}
