-- Promise: a size of the warm pool that is set, changed or taken away is an event.
CREATE OR REPLACE FUNCTION control.emit_pool_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row control.pool_policy := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'pool.changed', v_row.template_id || '/' || coalesce(v_row.cluster_id, 'all'),
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'templateId', v_row.template_id, 'clusterId', v_row.cluster_id,
      'size', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE v_row.size END));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER pool_policy_emits AFTER INSERT OR UPDATE OR DELETE ON control.pool_policy
  FOR EACH ROW EXECUTE FUNCTION control.emit_pool_event();
