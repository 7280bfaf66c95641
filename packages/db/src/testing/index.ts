export { entangle, type HandMade, lookOf, makeByHand } from '../cluster/testing/hand-made.ts'
export { type ControlTestDatabase, createControlDatabase } from './create-control-database.ts'
export { createTestDatabase, databaseUrl, type TestDatabase } from './create-test-database.ts'
