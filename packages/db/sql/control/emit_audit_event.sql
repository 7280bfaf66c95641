-- Promise: each audit row is an event, without its before and after: those are read where the permission is checked.
CREATE OR REPLACE FUNCTION control.emit_audit_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['audit'], 'audit.appended', NEW.chain || '/' || NEW.seq, NEW.seq,
    jsonb_build_object(
      'chain', NEW.chain, 'seq', NEW.seq, 'at', control.iso(NEW.at), 'actorId', NEW.actor_id,
      'actorName', NEW.actor_name, 'action', NEW.action, 'targetKind', NEW.target_kind, 'targetId', NEW.target_id,
      'outcome', NEW.outcome, 'errorCode', NEW.error_code, 'operationId', NEW.operation_id));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER audit_emits AFTER INSERT ON control.audit
  FOR EACH ROW EXECUTE FUNCTION control.emit_audit_event();
