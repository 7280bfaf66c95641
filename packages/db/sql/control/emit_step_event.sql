-- Promise: each step that begins, tells how far it is or ends is an event of its operation. Version: the step's own
-- clock in microseconds; while it runs, its percent on top of its start, which no end comes before.
CREATE OR REPLACE FUNCTION control.emit_step_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['operation:' || NEW.operation_id], 'operation.step',
    format('%s/%s/%s/%s', NEW.operation_id, NEW.attempt, NEW.direction, NEW.ordinal),
    (extract(epoch FROM coalesce(NEW.finished_at, NEW.started_at)) * 1000000)::bigint
      + CASE WHEN NEW.finished_at IS NULL THEN coalesce((NEW.result ->> 'percent')::integer, 0) ELSE 0 END,
    jsonb_build_object(
      'operationId', NEW.operation_id, 'attempt', NEW.attempt, 'direction', NEW.direction, 'ordinal', NEW.ordinal,
      'name', NEW.name, 'state', NEW.state, 'startedAt', control.iso(NEW.started_at),
      'finishedAt', control.iso(NEW.finished_at), 'result', NEW.result, 'error', NEW.error,
      'resources', NEW.resources));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER operation_step_emits AFTER INSERT OR UPDATE ON control.operation_step
  FOR EACH ROW EXECUTE FUNCTION control.emit_step_event();
