-- Promise: a finding that comes, changes or goes is an event, also of the tenant that it is about.
CREATE OR REPLACE FUNCTION control.emit_finding_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['findings'] || CASE WHEN NEW.tenant_id ~ '^tn_[0-9a-z]{26}$' THEN ARRAY['tenant:' || NEW.tenant_id] ELSE '{}' END,
    'finding.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'clusterId', NEW.cluster_id, 'tenantId', NEW.tenant_id,
      'subject', NEW.subject, 'detail', NEW.detail, 'rowVersion', NEW.row_version,
      'firstSeenAt', control.iso(NEW.first_seen_at), 'resolvedAt', control.iso(NEW.resolved_at),
      'ignoredBecause', NEW.ignored_because));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER finding_emits AFTER INSERT OR UPDATE OF state, detail ON control.finding
  FOR EACH ROW EXECUTE FUNCTION control.emit_finding_event();
