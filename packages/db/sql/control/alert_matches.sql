-- Whether all matchers of a silence hold for an alert. A fact that the alert does not have is none of the values.
CREATE OR REPLACE FUNCTION control.alert_matches(
  p_matchers jsonb, p_rule text, p_severity text, p_cluster text, p_tenant text, p_metric text, p_labels jsonb
) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (
    SELECT FROM jsonb_array_elements(p_matchers) m
    WHERE (m ->> 'operator' = 'is') <> (m -> 'values' ? coalesce(
      CASE m ->> 'fact'
        WHEN 'rule' THEN p_rule
        WHEN 'severity' THEN p_severity
        WHEN 'cluster' THEN p_cluster
        WHEN 'tenant' THEN p_tenant
        WHEN 'metric' THEN p_metric
        ELSE p_labels ->> substr(m ->> 'fact', 7)
      END, E'\x01'))
  )
$$;
