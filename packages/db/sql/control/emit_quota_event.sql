-- Promise: a limit that is set, changed or taken away is an event, so that nobody goes on with an older one.
CREATE OR REPLACE FUNCTION control.emit_quota_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row control.quota := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    CASE WHEN v_row.tenant_id IS NULL THEN ARRAY['tenants'] ELSE ARRAY['tenant:' || v_row.tenant_id] END,
    'quota.changed', coalesce(v_row.tenant_id, 'fleet') || '/' || v_row.resource,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'tenantId', v_row.tenant_id, 'resource', v_row.resource,
      'limit', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE v_row."limit" END));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER quota_emits AFTER INSERT OR UPDATE OR DELETE ON control.quota
  FOR EACH ROW EXECUTE FUNCTION control.emit_quota_event();

-- Promise: a tenant that has come nearer to a limit, is held or released, is an event for its page and for the list.
CREATE OR REPLACE FUNCTION control.emit_quota_state_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['tenant:' || NEW.tenant_id, 'usage'], 'quota.changed', NEW.tenant_id || '/' || NEW.resource || '/level',
    NEW.row_version, jsonb_build_object('tenantId', NEW.tenant_id, 'resource', NEW.resource, 'level', NEW.level));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER quota_state_emits
  AFTER INSERT OR UPDATE OF level, "limit", grace_until, enforced_at ON control.quota_state
  FOR EACH ROW EXECUTE FUNCTION control.emit_quota_state_event();
