-- Promise: silences and inhibitions of p_now are written to the alerts that fire, and their number to the incidents. One
-- that can be heard again is announced again. Returns the incidents that fell silent or can be heard again, with why.
CREATE OR REPLACE FUNCTION control.quiet_alerts(p_now timestamptz)
RETURNS TABLE (incident_id text, quiet boolean, why text, detail jsonb)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE control.alert a SET silence_id = f.now_silence_id, inhibited_by = f.now_inhibited_by
  FROM control.firing_alerts(p_now) f
  WHERE a.id = f.id AND (a.silence_id, a.inhibited_by) IS DISTINCT FROM (f.now_silence_id, f.now_inhibited_by);

  RETURN QUERY
  WITH counted AS (
    SELECT a.incident_id, count(*) AS firing,
      count(*) FILTER (WHERE a.silence_id IS NOT NULL OR a.inhibited_by IS NOT NULL) AS silenced,
      min(a.silence_id) AS silence_id, min(a.inhibited_by) AS inhibited_by
    FROM control.alert a WHERE a.state = 'firing' GROUP BY 1
  ), changed AS (
    SELECT c.*, i.firing > 0 AND i.silenced = i.firing AS was_quiet, c.silenced = c.firing AS is_quiet
    FROM counted c JOIN control.incident i ON i.id = c.incident_id
    WHERE (i.silenced, i.firing) IS DISTINCT FROM (c.silenced, c.firing)
  ), written AS (
    UPDATE control.incident i SET firing = c.firing, silenced = c.silenced,
      epoch = i.epoch + CASE WHEN c.was_quiet AND NOT c.is_quiet AND i.announced_epoch = i.epoch THEN 1 ELSE 0 END
    FROM changed c WHERE i.id = c.incident_id
  )
  SELECT c.incident_id, c.is_quiet,
    CASE WHEN NOT c.is_quiet THEN 'Nothing keeps it silent any more.'
      WHEN s.id IS NOT NULL THEN 'Silenced: ' || s.comment
      ELSE 'Nobody is called for it: it follows from another alert.' END,
    jsonb_strip_nulls(jsonb_build_object('silenceId', c.silence_id, 'alertId', c.inhibited_by))
  FROM changed c LEFT JOIN control.silence s ON s.id = c.silence_id
  WHERE c.was_quiet <> c.is_quiet;
END $$;
