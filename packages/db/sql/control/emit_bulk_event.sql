-- Promise: no change of a bulk operation goes without an event. How far it is follows from its children.
CREATE OR REPLACE FUNCTION control.emit_bulk_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['bulks', 'bulk:' || NEW.id], 'bulk.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'total', NEW.total, 'reason', NEW.reason,
      'pauseReason', NEW.pause_reason, 'outcome', NEW.outcome, 'rowVersion', NEW.row_version,
      'createdAt', control.iso(NEW.created_at), 'finishedAt', control.iso(NEW.finished_at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER bulk_emits AFTER INSERT OR UPDATE ON control.bulk
  FOR EACH ROW EXECUTE FUNCTION control.emit_bulk_event();
