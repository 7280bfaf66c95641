/** A path of this console out of a link, or the overview: never another site, never the sign-in itself. */
export function safePath(wanted: string): string {
  // A browser reads a backslash as a slash, so `/\evil.example` would leave this site.
  const isOwn = wanted.startsWith('/') && !wanted.startsWith('//') && !/[\\\p{Cc}]/u.test(wanted)
  return isOwn && !wanted.startsWith('/sign-in') ? wanted : '/'
}
