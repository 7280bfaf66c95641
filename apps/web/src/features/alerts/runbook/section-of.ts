/** What stands under a heading of the second level, whatever its case; undefined where there is no such heading. */
export function sectionOf(markdown: string, ...headings: string[]): string | undefined {
  const wanted = headings.map((heading) => heading.toLowerCase())
  const part = markdown
    .split(/^##\s+/m)
    .slice(1)
    .find((one) => wanted.includes((one.split('\n', 1)[0] ?? '').trim().toLowerCase()))
  return part?.slice(part.split('\n', 1)[0]?.length).trim()
}
