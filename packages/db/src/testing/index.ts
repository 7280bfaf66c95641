export { createTestDatabase, databaseUrl, type TestDatabase } from './create-test-database.ts'
