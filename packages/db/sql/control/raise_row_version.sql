-- Promise: every change of a row raises its row_version by one, so that two versions never look the same to a reader.
CREATE OR REPLACE FUNCTION control.raise_row_version() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END $$;

-- A claim raises the fence alone: nothing that an editor has seen changes.
CREATE OR REPLACE TRIGGER tenant_raises_row_version
  BEFORE UPDATE OF slug, display_name, labels, notes, state, schema_name, template_version, fingerprint, owner_id, plan_id,
    activated_at, archived_at, kept_until ON control.tenant
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
-- A lease that is only prolonged is no change that anybody sees.
CREATE OR REPLACE TRIGGER operation_raises_row_version
  BEFORE UPDATE OF state, attempt, result, error, due_at, started_at, finished_at, cancel_requested_at,
    cancel_force_at, priority, aside_at
  ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER spare_raises_row_version
  BEFORE UPDATE OF state, fingerprint ON control.spare FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER bulk_raises_row_version
  BEFORE UPDATE ON control.bulk FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
-- That it is still there is no news.
CREATE OR REPLACE TRIGGER finding_raises_row_version
  BEFORE UPDATE OF state, detail ON control.finding FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
-- What a look finds is no change that somebody has made.
CREATE OR REPLACE TRIGGER cluster_raises_row_version
  BEFORE UPDATE OF name, state, labels, limits, max_concurrency, admin_url ON control.cluster
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
-- That a rule was looked at, or that channels were written for an incident, is no change that an editor has seen.
CREATE OR REPLACE TRIGGER alert_rule_raises_row_version
  BEFORE UPDATE OF name, description, condition, scope, for_seconds, keep_firing_seconds, severity, group_by, action,
    runbook_url, policy_id, enabled, removed_at ON control.alert_rule
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER incident_raises_row_version
  BEFORE UPDATE OF state, severity, title, firing, total, silenced, acknowledged_by, acknowledged_until
  ON control.incident FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER silence_raises_row_version
  BEFORE UPDATE ON control.silence FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER channel_raises_row_version
  BEFORE UPDATE OF name, config, secret, enabled, removed_at ON control.channel
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER schedule_raises_row_version
  BEFORE UPDATE ON control.schedule FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER escalation_policy_raises_row_version
  BEFORE UPDATE ON control.escalation_policy FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER plan_raises_row_version
  BEFORE UPDATE ON control.plan FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
CREATE OR REPLACE TRIGGER quota_state_raises_row_version
  BEFORE UPDATE OF level, "limit", grace_until, enforced_at ON control.quota_state
  FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();
