-- Promise: no change of a tenant that a screen shows goes without an event. Patches have the field names of the queries.
CREATE OR REPLACE FUNCTION control.emit_tenant_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['tenants', 'tenant:' || NEW.id], 'tenant.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'slug', NEW.slug, 'displayName', NEW.display_name, 'labels', NEW.labels, 'notes', NEW.notes,
      'state', NEW.state, 'clusterId', NEW.cluster_id, 'schemaName', NEW.schema_name,
      'templateId', NEW.template_id, 'templateVersion', NEW.template_version, 'fingerprint', NEW.fingerprint,
      'ownerId', NEW.owner_id, 'planId', NEW.plan_id, 'rowVersion', NEW.row_version,
      'createdAt', control.iso(NEW.created_at), 'updatedAt', control.iso(NEW.updated_at),
      'activatedAt', control.iso(NEW.activated_at), 'archivedAt', control.iso(NEW.archived_at),
      'keptUntil', control.iso(NEW.kept_until)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tenant_emits_insert AFTER INSERT ON control.tenant
  FOR EACH ROW EXECUTE FUNCTION control.emit_tenant_event();
-- A claim raises the fence alone: nothing to show.
CREATE OR REPLACE TRIGGER tenant_emits_update
  AFTER UPDATE OF slug, display_name, labels, notes, state, schema_name, template_version, fingerprint, owner_id, plan_id,
    activated_at, archived_at, kept_until
  ON control.tenant
  FOR EACH ROW EXECUTE FUNCTION control.emit_tenant_event();
