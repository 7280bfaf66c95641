-- What was measured, over time: each measurement for days, its hours for months, its days for years. All of it is in
-- partitions, so that what is old is dropped and never deleted row by row.
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

-- An hour (a day) of a metric, `at` where it begins: its last value, its least, its most and its mean.
CREATE TABLE IF NOT EXISTS control.metric_hour (
  metric text NOT NULL, cluster_id text, at timestamptz NOT NULL,
  value double precision NOT NULL, lowest double precision NOT NULL, highest double precision NOT NULL,
  average double precision NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS metric_hour_in_order ON control.metric_hour (metric, cluster_id, at);
CREATE TABLE IF NOT EXISTS control.metric_day (LIKE control.metric_hour) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS metric_day_in_order ON control.metric_day (metric, cluster_id, at);

-- An hour (a day) of a tenant: what it ended with, but the most of what comes and goes within it.
CREATE TABLE IF NOT EXISTS control.usage_hour (LIKE control.usage_sample) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS usage_hour_in_order ON control.usage_hour (tenant_id, at);
CREATE TABLE IF NOT EXISTS control.usage_day (LIKE control.usage_sample) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS usage_day_in_order ON control.usage_day (tenant_id, at);

-- How far each kind of sampling has come, and what it has to remember.
CREATE TABLE IF NOT EXISTS control.sampling (
  name text PRIMARY KEY,
  until timestamptz,
  state jsonb NOT NULL DEFAULT '{}'
);

-- Makes the partition of a sample table that a moment falls into, unless it is there: p_unit of UTC long.
CREATE OR REPLACE FUNCTION control.keep_partition(p_table text, p_unit text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_from timestamptz := date_trunc(p_unit, p_at);
  v_name text := p_table || to_char(v_from, '_YYYYMMDD');
BEGIN
  IF p_table NOT IN ('metric_sample', 'metric_hour', 'metric_day', 'usage_sample', 'usage_hour', 'usage_day') THEN
    RAISE 'control.% keeps no samples', p_table USING ERRCODE = '22023';
  END IF;
  IF to_regclass('control.' || v_name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.keep_sample_partitions'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS control.%I PARTITION OF control.%I FOR VALUES FROM (%L) TO (%L)',
    v_name, p_table, v_from, v_from + ('1 ' || p_unit)::interval);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON control.%I TO tenantry_runtime', v_name);
END $$;

-- Drops the partitions that ended before p_keep_from, and never what has not been rolled up yet.
CREATE OR REPLACE FUNCTION control.drop_partitions(p_table text, p_unit text, p_keep_from timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_keep_from timestamptz := p_keep_from;
  v_old record;
BEGIN
  IF p_unit <> 'year' THEN
    v_keep_from := least(p_keep_from, coalesce(
      (SELECT until FROM control.sampling WHERE name = CASE p_unit WHEN 'day' THEN 'hours' ELSE 'days' END), '-infinity'));
  END IF;
  FOR v_old IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('control.' || p_table)::regclass
      AND to_date(right(c.relname, 8), 'YYYYMMDD') + ('1 ' || p_unit)::interval <= v_keep_from
  LOOP
    EXECUTE format('DROP TABLE control.%I', v_old.relname);
  END LOOP;
END $$;

-- Makes the partitions of today and the next two days, and drops what ended before the given moments: measurements,
-- hours, days. Null: keep.
CREATE OR REPLACE FUNCTION control.keep_sample_partitions(
  p_keep_from timestamptz, p_hours_from timestamptz DEFAULT NULL, p_days_from timestamptz DEFAULT NULL,
  p_now timestamptz DEFAULT clock_timestamp()
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.keep_sample_partitions'));
  FOREACH v_name IN ARRAY ARRAY['metric', 'usage'] LOOP
    FOR i IN 0..2 LOOP
      PERFORM control.keep_partition(v_name || '_sample', 'day', p_now + make_interval(days => i));
    END LOOP;
    PERFORM control.drop_partitions(v_name || '_sample', 'day', p_keep_from);
    PERFORM control.drop_partitions(v_name || '_hour', 'month', p_hours_from);
    PERFORM control.drop_partitions(v_name || '_day', 'year', p_days_from);
  END LOOP;
END $$;

-- Writes down what was measured at one moment: [{"metric", "cluster_id", "value"}], without cluster of the fleet.
CREATE OR REPLACE FUNCTION control.record_metrics(p_samples jsonb, p_at timestamptz DEFAULT clock_timestamp())
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM control.keep_partition('metric_sample', 'day', p_at);
  INSERT INTO control.metric_sample (metric, cluster_id, at, value)
    SELECT s.metric, s.cluster_id, p_at, s.value
    FROM jsonb_to_recordset(p_samples) s (metric text, cluster_id text, value double precision)
    WHERE s.value IS NOT NULL;
END $$;
