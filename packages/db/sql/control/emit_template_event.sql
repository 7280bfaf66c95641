-- Promise: a version of a template that comes, is ready or fails is an event.
CREATE OR REPLACE FUNCTION control.emit_template_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'template.changed', NEW.template_id,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object('id', NEW.template_id, 'version', NEW.version, 'state', NEW.state));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER template_version_emits AFTER INSERT OR UPDATE OF state ON control.template_version
  FOR EACH ROW EXECUTE FUNCTION control.emit_template_event();
