-- What was measured, over time: in partitions a day, so that what is old is dropped and never deleted row by row.
CREATE TABLE IF NOT EXISTS control.metric_sample (
  metric text NOT NULL,
  -- Null: of the whole fleet.
  cluster_id text,
  at timestamptz NOT NULL,
  value double precision NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS metric_sample_in_order ON control.metric_sample (metric, cluster_id, at);

-- The columns are those of control.usage. Written when something has changed, and at least every quarter of an hour.
CREATE TABLE IF NOT EXISTS control.usage_sample (
  tenant_id text NOT NULL,
  at timestamptz NOT NULL,
  bytes bigint, table_bytes bigint, index_bytes bigint, toast_bytes bigint, relations bigint, rows bigint,
  dead_rows bigint, connections integer, oldest_transaction_seconds double precision, cache_hit_ratio double precision,
  rows_written bigint, transactions bigint, temp_bytes bigint, calls bigint, statement_seconds double precision,
  quota_ratio double precision
) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS usage_sample_in_order ON control.usage_sample (tenant_id, at);

-- Makes the partitions of today and the next two days, and drops those that ended before p_keep_from.
CREATE OR REPLACE FUNCTION control.keep_sample_partitions(p_keep_from timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
  v_day date;
  v_old record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.keep_sample_partitions'));
  FOREACH v_table IN ARRAY ARRAY['metric_sample', 'usage_sample'] LOOP
    FOR i IN 0..2 LOOP
      v_day := (now() AT TIME ZONE 'UTC')::date + i;
      EXECUTE format('CREATE TABLE IF NOT EXISTS control.%I PARTITION OF control.%I FOR VALUES FROM (%L) TO (%L)',
        v_table || to_char(v_day, '_YYYYMMDD'), v_table, v_day::text || ' 00:00Z', (v_day + 1)::text || ' 00:00Z');
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON control.%I TO tenantry_runtime',
        v_table || to_char(v_day, '_YYYYMMDD'));
    END LOOP;
    FOR v_old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = ('control.' || v_table)::regclass
        AND to_date(right(c.relname, 8), 'YYYYMMDD') + 1 <= (p_keep_from AT TIME ZONE 'UTC')::date
    LOOP
      EXECUTE format('DROP TABLE control.%I', v_old.relname);
    END LOOP;
  END LOOP;
END $$;

-- Every subject of a metric with what was last measured. A metric of tenants is a column of control.usage; any other
-- is the newest sample of the last ten minutes.
CREATE OR REPLACE FUNCTION control.metric_now(p_metric text)
RETURNS TABLE (tenant_id text, cluster_id text, at timestamptz, value double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_metric LIKE 'tenant\_%' THEN
    RETURN QUERY EXECUTE format(
      'SELECT u.tenant_id, t.cluster_id, u.seen_at, u.%I::float8 FROM control.usage u
       JOIN control.tenant t ON t.id = u.tenant_id
       WHERE u.%1$I IS NOT NULL AND t.state IN (''active'', ''suspended'')', substr(p_metric, 8));
  ELSE
    RETURN QUERY
      SELECT DISTINCT ON (s.cluster_id) NULL::text, s.cluster_id, s.at, s.value FROM control.metric_sample s
      WHERE s.metric = p_metric AND s.at > clock_timestamp() - interval '10 minutes'
      ORDER BY s.cluster_id, s.at DESC;
  END IF;
END $$;
