-- Promise: no change of an operation that a screen shows goes without an event.
CREATE OR REPLACE FUNCTION control.emit_operation_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['operations', 'operation:' || NEW.id] || CASE WHEN NEW.tenant_id IS NOT NULL THEN ARRAY['tenant:' || NEW.tenant_id] ELSE '{}' END
      || CASE WHEN NEW.source_id IS NOT NULL THEN ARRAY['tenant:' || NEW.source_id] ELSE '{}' END
      || CASE WHEN NEW.bulk_id IS NOT NULL THEN ARRAY['bulk:' || NEW.bulk_id] ELSE '{}' END,
    'operation.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'tenantId', NEW.tenant_id, 'clusterId', NEW.cluster_id,
      'sourceId', NEW.source_id, 'spareId', NEW.spare_id, 'bulkId', NEW.bulk_id,
      'cancelRequestedAt', control.iso(NEW.cancel_requested_at), 'cancelForceAt', control.iso(NEW.cancel_force_at),
      'priority', NEW.priority, 'asideAt', control.iso(NEW.aside_at),
      'attempt', NEW.attempt, 'maxAttempts', NEW.max_attempts, 'error', NEW.error, 'result', NEW.result,
      'requestedBy', NEW.requested_by, 'rowVersion', NEW.row_version, 'dueAt', control.iso(NEW.due_at),
      'createdAt', control.iso(NEW.created_at), 'startedAt', control.iso(NEW.started_at),
      'finishedAt', control.iso(NEW.finished_at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER operation_emits_insert AFTER INSERT ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.emit_operation_event();
CREATE OR REPLACE TRIGGER operation_emits_update
  AFTER UPDATE OF state, attempt, result, error, due_at, started_at, finished_at, cancel_requested_at,
    cancel_force_at, priority, aside_at
  ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.emit_operation_event();
