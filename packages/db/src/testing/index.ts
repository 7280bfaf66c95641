export { type ControlTestDatabase, createControlDatabase } from './create-control-database.ts'
export { createTestDatabase, databaseUrl, type TestDatabase } from './create-test-database.ts'
