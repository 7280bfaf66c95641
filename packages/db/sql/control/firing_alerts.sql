-- Every alert that fires, with the facts that silences look at and what nobody is called for now: the silence that matches
-- it, and the alert of which it is only a consequence. A cluster that does not answer explains all else on it; a worse
-- alert on the same metric of the same subject explains a milder one.
CREATE OR REPLACE FUNCTION control.firing_alerts(p_now timestamptz)
RETURNS TABLE (
  id text, incident_id text, rule_id text, tenant_id text, cluster_id text, severity text, metric text, labels jsonb,
  silence_id text, inhibited_by text, now_silence_id text, now_inhibited_by text
)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH active AS MATERIALIZED (
    SELECT s.id, s.matchers, s.ends_at FROM control.silence s WHERE s.starts_at <= p_now AND s.ends_at > p_now
  ), fact AS (
    SELECT a.id, a.incident_id, a.rule_id, a.tenant_id, a.cluster_id, coalesce(r.severity, i.severity) AS severity,
      r.condition ->> 'metric' AS metric, a.labels, a.silence_id, a.inhibited_by,
      array_position(ARRAY['info', 'warning', 'critical'], coalesce(r.severity, i.severity)) AS weight
    FROM control.alert a
    JOIN control.incident i ON i.id = a.incident_id
    LEFT JOIN control.alert_rule r ON r.id = a.rule_id
    WHERE a.state = 'firing'
  ), firing AS (
    -- In windows, not joins: thousands begin at once, and no statistics tell the planner of them.
    SELECT f.*, min(f.id) FILTER (WHERE f.metric = 'cluster_up') OVER (PARTITION BY f.cluster_id) AS dead_cluster,
      first_value(f.id) OVER worst AS worst_id, first_value(f.weight) OVER worst AS worst_weight
    FROM fact f
    WINDOW worst AS (PARTITION BY f.metric, f.tenant_id, f.cluster_id ORDER BY f.weight DESC, f.id)
  )
  SELECT f.id, f.incident_id, f.rule_id, f.tenant_id, f.cluster_id, f.severity, f.metric, f.labels,
    f.silence_id, f.inhibited_by,
    (SELECT s.id FROM active s
      WHERE control.alert_matches(s.matchers, f.rule_id, f.severity, f.cluster_id, f.tenant_id, f.metric, f.labels)
      ORDER BY s.ends_at DESC, s.id LIMIT 1),
    coalesce(
      CASE WHEN f.metric <> 'cluster_up' AND f.cluster_id IS NOT NULL THEN f.dead_cluster END,
      CASE WHEN f.metric IS NOT NULL AND f.worst_weight > f.weight THEN f.worst_id END)
  FROM firing f
$$;
