import { announceIncidents, evaluateAlerts, openSender, startDuties } from '@tenantry/core'
import { openControl, openVault } from '@tenantry/db'
import pino from 'pino'
import { openFailpoint } from '../../failpoint.ts'

// What of a worker tells people: the evaluation, the announcement, the sender. Nothing else, so that one starts in no time.
const { DATABASE_URL, TENANTRY_MASTER_KEY, TENANTRY_FAILPOINT } = process.env
if (!DATABASE_URL || !TENANTRY_MASTER_KEY) throw new Error('needs a control database and the master key')
const log = pino({ level: 'warn' })
const core = {
  db: openControl(DATABASE_URL, { name: 'tenantry teller', max: 6 }).db,
  queue: { wake: () => Promise.reject(new Error('nothing here needs a queue')) },
  log,
  vault: openVault(Buffer.from(TENANTRY_MASTER_KEY, 'base64')),
  channelNetworks: ['127.0.0.0/8'],
}
const failpoint = openFailpoint(TENANTRY_FAILPOINT)
const sender = openSender(core, failpoint)
const duties = startDuties(
  [
    evaluateAlerts(core, failpoint ? { failpoint } : {}),
    announceIncidents(core, () => duties.nudge(sender.duty.name)),
    sender.duty,
  ],
  log,
)
process.stdout.write('{"msg":"ready","address":"none"}\n')
