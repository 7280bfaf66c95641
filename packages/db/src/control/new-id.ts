import { typeid } from 'typeid-js'

export type IdPrefix =
  | 'tn'
  | 'op'
  | 'cl'
  | 'tp'
  | 'us'
  | 'wk'
  | 'bk'
  | 'fi'
  | 'in'
  | 'al'
  | 'ie'
  | 'ch'
  | 'no'
  | 'dl'
  | 'so'
  | 'sc'
  | 'ov'
  | 'ep'
  | 'ar'
  | 'si'
  | 'pl'

/** A new id: `<prefix>_` and a UUIDv7 in 26 characters of base 32, rising with time. */
export function newId(prefix: IdPrefix): string {
  return typeid(prefix).toString()
}
