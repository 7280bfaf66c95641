-- Promise: one process at a time evaluates the alert rules. Prolongs the lease of p_holder, or gives it one that nobody
-- holds, with a fence of its own; no row while another has it. A lease that ends further ahead than any is given for was
-- taken before the clock was set back, and binds nobody. `now` is this database's clock: no other one counts.
CREATE OR REPLACE FUNCTION control.claim_evaluation(p_holder text, p_lease interval)
RETURNS TABLE (fence bigint, now timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row control.alert_evaluator;
  v_now timestamptz := clock_timestamp();
BEGIN
  INSERT INTO control.alert_evaluator (id) VALUES (1) ON CONFLICT DO NOTHING;
  -- Whoever is writing holds the row: it is alive, or its transaction ends soon.
  SELECT * INTO v_row FROM control.alert_evaluator e WHERE e.id = 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND OR (v_row.holder IS DISTINCT FROM p_holder
      AND v_row.lease_until BETWEEN v_now AND v_now + p_lease) THEN
    RETURN;
  END IF;
  RETURN QUERY
  UPDATE control.alert_evaluator e SET holder = p_holder, lease_until = v_now + p_lease,
    fence = e.fence + CASE WHEN v_row.holder IS DISTINCT FROM p_holder THEN 1 ELSE 0 END
  WHERE e.id = 1 RETURNING e.fence, v_now;
END $$;
