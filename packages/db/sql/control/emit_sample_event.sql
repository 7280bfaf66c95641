-- Promise: every sample of the queue reaches the overview.
CREATE OR REPLACE FUNCTION control.emit_sample_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['fleet'], 'fleet.sampled', 'fleet', (extract(epoch FROM NEW.at) * 1000)::bigint,
    jsonb_build_object(
      'at', control.iso(NEW.at), 'queued', NEW.queued, 'running', NEW.running, 'waiting', NEW.waiting,
      'oldestQueued', NEW.oldest_queued));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER fleet_sample_emits AFTER INSERT ON control.fleet_sample
  FOR EACH ROW EXECUTE FUNCTION control.emit_sample_event();
