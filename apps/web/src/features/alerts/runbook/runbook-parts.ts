/** A page of docs/alerts: its title, and what stands under each heading of the second level. */
export interface RunbookParts {
  readonly title: string
  readonly body: string
  /** By heading in lower case. */
  readonly sections: ReadonlyMap<string, string>
}

/** Takes a page apart; a page without a title is called by its name. */
export function partsOf(markdown: string, key: string): RunbookParts {
  const [, title = key] = /^#\s+(.+)$/m.exec(markdown) ?? []
  const body = markdown.replace(/^#\s+.+\n*/m, '')
  const sections = body
    .split(/^##\s+/m)
    .slice(1)
    .map((part): [string, string] => {
      const end = part.indexOf('\n')
      return [
        part
          .slice(0, end === -1 ? undefined : end)
          .trim()
          .toLowerCase(),
        end === -1 ? '' : part.slice(end).trim(),
      ]
    })
  return { title, body: body.trim(), sections: new Map(sections) }
}
