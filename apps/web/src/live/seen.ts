let newest = 0

/** This page has heard what the event log says up to here. */
export function noteSeen(seq: number): void {
  newest = Math.max(newest, seq)
}

/** Goes with every question: a node that is a moment behind another then asks the database instead of its cache. */
export const seen = (): number => newest
