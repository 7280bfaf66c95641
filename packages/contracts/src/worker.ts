/** Milliseconds between two signs of life of a worker. */
export const workerHeartbeatMs = 2000

/** Milliseconds of silence after which a worker counts as gone: what it holds is taken over when its lease is over. */
export const workerSilentAfterMs = 10_000
