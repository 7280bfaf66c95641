-- What has been done: a row commits in the transaction of its step's effect, so a step whose row is there is done,
-- and a step whose row is missing left no trace.
CREATE TABLE IF NOT EXISTS tenantry.ledger (
  operation_id text NOT NULL,
  step text NOT NULL,
  tenant_id text NOT NULL,
  fence bigint NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  result jsonb,
  CONSTRAINT ledger_has_a_step_once PRIMARY KEY (operation_id, step)
);

CREATE INDEX IF NOT EXISTS ledger_by_tenant ON tenantry.ledger (tenant_id);
