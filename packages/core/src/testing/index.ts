export { askCore, failure, nothing, refusal } from './ask-core.ts'
export { createTestCore, type TestCore } from './create-core.ts'
