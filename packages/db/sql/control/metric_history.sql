-- Every subject of a metric with what was last measured. A metric of tenants is a column of control.usage; any other
-- is the newest sample of the last ten minutes. `at`: when it was last looked at, also where nothing has changed since.
CREATE OR REPLACE FUNCTION control.metric_now(p_metric text)
RETURNS TABLE (tenant_id text, cluster_id text, at timestamptz, value double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_metric LIKE 'tenant\_%' THEN
    RETURN QUERY EXECUTE format(
      'SELECT u.tenant_id, t.cluster_id,
         CASE WHEN u.absent_since IS NULL AND u.cluster_id = t.cluster_id
           THEN greatest(u.seen_at, k.collected_at) ELSE u.seen_at END, u.%I::float8
       FROM control.usage u
       JOIN control.tenant t ON t.id = u.tenant_id
       LEFT JOIN control.usage_collection k ON k.cluster_id = u.cluster_id
       WHERE u.%1$I IS NOT NULL AND t.state IN (''active'', ''suspended'')', substr(p_metric, 8));
  ELSE
    RETURN QUERY
      SELECT DISTINCT ON (s.cluster_id) NULL::text, s.cluster_id, s.at, s.value FROM control.metric_sample s
      WHERE s.metric = p_metric AND s.at > clock_timestamp() - interval '10 minutes'
      ORDER BY s.cluster_id, s.at DESC;
  END IF;
END $$;

-- The history of a metric in steps, `at` where each begins: the last value in it, the least, the most and the mean.
-- Measurements where they are still kept, older ones by the hour, and the oldest by the day: coarse history has no finer
-- steps, and a step without a measurement has no row. What does not change is measured at least every quarter of an hour,
-- so that in finer steps the row before holds on. p_tenants, p_clusters: of these alone.
CREATE OR REPLACE FUNCTION control.metric_history(
  p_metric text, p_from timestamptz, p_to timestamptz, p_step interval,
  p_tenants text[] DEFAULT NULL, p_clusters text[] DEFAULT NULL
) RETURNS TABLE (
  tenant_id text, cluster_id text, at timestamptz,
  value double precision, lowest double precision, highest double precision, average double precision
)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_from timestamptz := date_bin(p_step, p_from, timestamptz 'epoch');
  v_kind text := CASE WHEN p_metric LIKE 'tenant\_%' THEN 'usage' ELSE 'metric' END;
  -- Where each layer begins: from there on it is used.
  v_measured timestamptz;
  v_hourly timestamptz;
BEGIN
  SELECT until INTO v_measured FROM control.sampling WHERE name = 'hours';
  SELECT until INTO v_hourly FROM control.sampling WHERE name = 'days';
  IF p_step < interval '1 hour' THEN
    v_measured := least(v_measured, control.begin_of(v_kind || '_sample'));
  END IF;
  IF p_step < interval '1 day' THEN
    v_hourly := least(v_hourly, control.begin_of(v_kind || '_hour'));
  END IF;
  v_measured := coalesce(v_measured, '-infinity');
  v_hourly := least(v_measured, coalesce(v_hourly, '-infinity'));
  IF v_kind = 'usage' THEN
    RETURN QUERY EXECUTE format($sql$
      WITH sample AS (
        SELECT s.tenant_id, s.at, s.%1$I::float8 AS value FROM control.usage_sample s
        WHERE s.at >= greatest($1, $4) AND s.at < $2 AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      UNION ALL
        SELECT s.tenant_id, s.at, s.%1$I::float8 FROM control.usage_hour s
        WHERE s.at >= greatest($1, $5) AND s.at < least($2, $4) AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      UNION ALL
        SELECT s.tenant_id, s.at, s.%1$I::float8 FROM control.usage_day s
        WHERE s.at >= $1 AND s.at < least($2, $5) AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      )
      SELECT s.tenant_id, t.cluster_id, date_bin($3, s.at, timestamptz 'epoch') AS step,
        (array_agg(s.value ORDER BY s.at DESC))[1], min(s.value), max(s.value), avg(s.value)
      FROM sample s JOIN control.tenant t ON t.id = s.tenant_id
      WHERE s.value IS NOT NULL AND ($7 IS NULL OR t.cluster_id = ANY ($7))
      GROUP BY 1, 2, 3 ORDER BY 1, 3$sql$, substr(p_metric, 8))
    USING v_from, p_to, p_step, v_measured, v_hourly, p_tenants, p_clusters;
  ELSE
    RETURN QUERY
      WITH sample AS (
        SELECT s.cluster_id, s.at, s.value, s.value AS lowest, s.value AS highest, s.value AS average
        FROM control.metric_sample s
        WHERE s.metric = p_metric AND s.at >= greatest(v_from, v_measured) AND s.at < p_to
      UNION ALL
        SELECT s.cluster_id, s.at, s.value, s.lowest, s.highest, s.average FROM control.metric_hour s
        WHERE s.metric = p_metric AND s.at >= greatest(v_from, v_hourly) AND s.at < least(p_to, v_measured)
      UNION ALL
        SELECT s.cluster_id, s.at, s.value, s.lowest, s.highest, s.average FROM control.metric_day s
        WHERE s.metric = p_metric AND s.at >= v_from AND s.at < least(p_to, v_hourly)
      )
      SELECT NULL::text, s.cluster_id, date_bin(p_step, s.at, timestamptz 'epoch') AS step,
        (array_agg(s.value ORDER BY s.at DESC))[1], min(s.lowest), max(s.highest), avg(s.average)
      FROM sample s WHERE p_clusters IS NULL OR s.cluster_id = ANY (p_clusters)
      GROUP BY 1, 2, 3 ORDER BY 2, 3;
  END IF;
END $$;

-- When the oldest partition of a sample table begins; null where there is none.
CREATE OR REPLACE FUNCTION control.begin_of(p_table text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT min(to_date(right(c.relname, 8), 'YYYYMMDD'))::timestamptz
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ('control.' || p_table)::regclass
$$;
