import { slugMaxLength } from '@tenantry/contracts'

const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ð: 'd',
}

/**
 * A slug for a name: `Université du Val-Clair` becomes `universite-du-val-clair`. Cut at a word where it is too long; empty
 * when nothing of the name can stand in a slug.
 */
export function deriveSlug(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[ßæœøłđþð]/g, (letter) => spelled[letter] ?? letter)
    .replace(/['’]/g, '')
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean)
  while (words[0] && /^\d/.test(words[0])) words.shift()
  let slug = ''
  for (const word of words) {
    const next = slug ? `${slug}-${word}` : word.slice(0, slugMaxLength)
    if (next.length > slugMaxLength) break
    slug = next
  }
  return slug
}
