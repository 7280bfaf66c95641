-- Promise: an incident that comes, changes or goes is an event with all that a list shows of it.
CREATE OR REPLACE FUNCTION control.emit_incident_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['alerts'], 'incident.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'state', NEW.state, 'severity', NEW.severity, 'title', NEW.title, 'firing', NEW.firing,
      'total', NEW.total, 'silenced', NEW.silenced, 'acknowledgedBy', NEW.acknowledged_by,
      'acknowledgedUntil', control.iso(NEW.acknowledged_until), 'rowVersion', NEW.row_version,
      'startedAt', control.iso(NEW.started_at), 'resolvedAt', control.iso(NEW.resolved_at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER incident_emits
  AFTER INSERT OR UPDATE OF state, severity, title, firing, total, silenced, acknowledged_by, acknowledged_until
  ON control.incident FOR EACH ROW EXECUTE FUNCTION control.emit_incident_event();

-- Promise: whoever looks at rules, silences, channels, deliveries or schedules hears that one has changed. Arguments:
-- the topic, the kind.
CREATE OR REPLACE FUNCTION control.emit_changed_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY[TG_ARGV[0]], TG_ARGV[1], v_row ->> 'id', coalesce((v_row ->> 'row_version')::bigint, 1),
    jsonb_build_object('id', v_row ->> 'id'));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER alert_rule_emits
  AFTER INSERT OR DELETE OR UPDATE OF name, condition, scope, for_seconds, severity, policy_id, enabled, fault, removed_at
  ON control.alert_rule FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'rule.changed');
CREATE OR REPLACE TRIGGER silence_emits AFTER INSERT OR UPDATE ON control.silence
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'silence.changed');
CREATE OR REPLACE TRIGGER channel_emits AFTER INSERT OR UPDATE ON control.channel
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('channels', 'channel.changed');
CREATE OR REPLACE TRIGGER notification_emits AFTER INSERT OR UPDATE OF state, attempts ON control.notification
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('channels', 'notification.changed');
CREATE OR REPLACE TRIGGER schedule_emits AFTER INSERT OR UPDATE ON control.schedule
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');
CREATE OR REPLACE TRIGGER schedule_override_emits AFTER INSERT OR DELETE OR UPDATE ON control.schedule_override
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');
CREATE OR REPLACE TRIGGER escalation_policy_emits AFTER INSERT OR UPDATE ON control.escalation_policy
  FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');
