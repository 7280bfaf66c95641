/** The pages of docs/alerts as they were when the console was built; each is fetched when it is first opened. */
const pages = import.meta.glob<string>('../../../../../../docs/alerts/*.md', {
  query: '?raw',
  import: 'default',
})

/** The Markdown of a page; undefined when there is none of this name. */
export async function readRunbook(key: string): Promise<string | undefined> {
  return pages[`../../../../../../docs/alerts/${key}.md`]?.()
}
