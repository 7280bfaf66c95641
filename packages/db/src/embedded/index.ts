export { type EmbeddedMajor, embeddedMajors } from './binaries.ts'
export { freePort } from './free-port.ts'
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './start-embedded.ts'
