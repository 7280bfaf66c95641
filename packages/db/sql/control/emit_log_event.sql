-- Promise: log lines travel in the batches in which they were written: one event an operation and statement.
CREATE OR REPLACE FUNCTION control.emit_log_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  SELECT
    ARRAY['operation:' || l.operation_id], 'operation.log', l.operation_id, max(l.line),
    jsonb_build_object('operationId', l.operation_id, 'lines', jsonb_agg(
      jsonb_build_object(
        'line', l.line, 'attempt', l.attempt, 'at', control.iso(l.at), 'level', l.level, 'step', l.step,
        'message', l.message, 'data', l.data)
      ORDER BY l.line))
  FROM added l GROUP BY l.operation_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER operation_log_emits AFTER INSERT ON control.operation_log
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION control.emit_log_event();
