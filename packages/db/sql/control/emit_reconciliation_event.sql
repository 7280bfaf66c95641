-- Promise: whoever looks at findings hears when a comparison of a cluster is asked for, begins and ends.
CREATE OR REPLACE FUNCTION control.emit_reconciliation_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['findings'], 'cluster.compared', 'comparison:' || NEW.cluster_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'clusterId', NEW.cluster_id, 'startedAt', control.iso(NEW.started_at), 'endedAt', control.iso(NEW.ended_at),
      'comparedAt', control.iso(NEW.compared_at), 'tookMs', NEW.took_ms, 'compared', NEW.compared, 'busy', NEW.busy,
      'fault', NEW.fault, 'requestedAt', control.iso(NEW.requested_at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER reconciliation_emits AFTER INSERT OR UPDATE ON control.reconciliation
  FOR EACH ROW EXECUTE FUNCTION control.emit_reconciliation_event();
