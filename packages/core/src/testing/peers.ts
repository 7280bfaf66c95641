// Whom messages are sent to, for tests of any package: these need no database.
export { type Mailbox, openMailbox } from './open-mailbox.ts'
export { openReceiver } from './open-receiver.ts'
