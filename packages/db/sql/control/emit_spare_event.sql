-- Promise: no change of a spare goes without an event of its template, whose pool it may be in.
CREATE OR REPLACE FUNCTION control.emit_spare_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'spare.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'origin', NEW.origin, 'state', NEW.state, 'clusterId', NEW.cluster_id,
      'templateId', NEW.template_id, 'templateVersion', NEW.template_version, 'rowVersion', NEW.row_version));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER spare_emits AFTER INSERT OR UPDATE OF state ON control.spare
  FOR EACH ROW EXECUTE FUNCTION control.emit_spare_event();
