-- Promise: moves what committed transactions left in the outbox to the event log and numbers it. One caller at a time
-- (an advisory lock; who does not get it moves nothing), so seq has no gap and a reader who has seen n will never find
-- something new below n. Returns the newest seq, or null when another relay is at work or nothing was there.
CREATE OR REPLACE FUNCTION control.relay_events(p_most int DEFAULT 2000) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_last bigint;
  v_moved bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM control.event_outbox) THEN
    RETURN NULL;
  END IF;
  IF NOT pg_try_advisory_xact_lock(hashtext('tenantry.relay')) THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(max(seq), 0) INTO v_last FROM control.event;
  WITH taken AS (
    DELETE FROM control.event_outbox o
    WHERE o.id IN (SELECT id FROM control.event_outbox ORDER BY id LIMIT p_most)
    RETURNING *
  )
  INSERT INTO control.event (seq, topics, kind, entity_id, version, patch, at)
  SELECT v_last + row_number() OVER (ORDER BY id), topics, kind, entity_id, version, patch, at FROM taken;
  GET DIAGNOSTICS v_moved = ROW_COUNT;
  IF v_moved = 0 THEN
    RETURN NULL;
  END IF;
  -- The only NOTIFY of the control plane: it takes a lock at commit that business transactions must not wait for.
  PERFORM pg_notify('tenantry_event', (v_last + v_moved)::text);
  RETURN v_last + v_moved;
END $$;
