-- Promise: no change of a cluster that a screen shows goes without an event; a look that found nothing new is none.
CREATE OR REPLACE FUNCTION control.emit_cluster_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['clusters'], 'cluster.changed', NEW.id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'id', NEW.id, 'name', NEW.name, 'state', NEW.state, 'rowVersion', NEW.row_version, 'reachable', NEW.reachable, 'fault', NEW.fault,
      'labels', NEW.labels, 'limits', NEW.limits, 'maxConcurrency', NEW.max_concurrency, 'capacity', NEW.capacity));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER cluster_emits_insert AFTER INSERT ON control.cluster
  FOR EACH ROW EXECUTE FUNCTION control.emit_cluster_event();
CREATE OR REPLACE TRIGGER cluster_emits_update AFTER UPDATE ON control.cluster FOR EACH ROW
  WHEN ((OLD.name, OLD.state, OLD.reachable, OLD.labels, OLD.limits, OLD.max_concurrency, OLD.capacity)
    IS DISTINCT FROM (NEW.name, NEW.state, NEW.reachable, NEW.labels, NEW.limits, NEW.max_concurrency, NEW.capacity))
  EXECUTE FUNCTION control.emit_cluster_event();
