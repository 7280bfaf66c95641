-- Sums measurements up to hours and hours to days, as far as they are over; each exactly once, because how far it has
-- come commits with what it wrote. An hour is over two minutes after its end: nobody writes into it any more.
-- Returns false while there is more to do: it takes up p_most hours at a time.
CREATE OR REPLACE FUNCTION control.roll_up_samples(p_now timestamptz DEFAULT clock_timestamp(), p_most integer DEFAULT 48)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_over timestamptz := date_trunc('hour', p_now - interval '2 minutes');
  v_from timestamptz;
  v_to timestamptz;
  v_hours_until timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('tenantry.roll_up_samples')) THEN
    RETURN true;
  END IF;
  v_from := coalesce((SELECT until FROM control.sampling WHERE name = 'hours'), date_trunc('hour', least(
    (SELECT min(at) FROM control.metric_sample), (SELECT min(at) FROM control.usage_sample))));
  IF v_from IS NULL THEN
    RETURN true;
  END IF;
  v_hours_until := greatest(v_from, least(v_over, v_from + make_interval(hours => p_most)));
  IF v_from < v_hours_until THEN
    FOR v_to IN SELECT generate_series(date_trunc('month', v_from), v_hours_until, interval '1 month') LOOP
      PERFORM control.keep_partition('metric_hour', 'month', v_to), control.keep_partition('usage_hour', 'month', v_to);
    END LOOP;
    INSERT INTO control.metric_hour (metric, cluster_id, at, value, lowest, highest, average)
      SELECT s.metric, s.cluster_id, date_trunc('hour', s.at), (array_agg(s.value ORDER BY s.at DESC))[1],
        min(s.value), max(s.value), avg(s.value)
      FROM control.metric_sample s WHERE s.at >= v_from AND s.at < v_hours_until GROUP BY 1, 2, 3;
    PERFORM control.roll_up_usage('usage_sample', 'usage_hour', 'hour', v_from, v_hours_until);
    INSERT INTO control.sampling (name, until) VALUES ('hours', v_hours_until)
      ON CONFLICT (name) DO UPDATE SET until = excluded.until;
  END IF;

  v_from := coalesce((SELECT until FROM control.sampling WHERE name = 'days'), date_trunc('day', least(
    (SELECT min(at) FROM control.metric_hour), (SELECT min(at) FROM control.usage_hour))));
  v_to := date_trunc('day', v_hours_until);
  IF v_from < v_to THEN
    PERFORM control.keep_partition(t, 'year', y)
      FROM unnest(ARRAY['metric_day', 'usage_day']) t, unnest(ARRAY[v_from, v_to - interval '1 hour']) y;
    INSERT INTO control.metric_day (metric, cluster_id, at, value, lowest, highest, average)
      SELECT h.metric, h.cluster_id, date_trunc('day', h.at), (array_agg(h.value ORDER BY h.at DESC))[1],
        min(h.lowest), max(h.highest), avg(h.average)
      FROM control.metric_hour h WHERE h.at >= v_from AND h.at < v_to GROUP BY 1, 2, 3;
    PERFORM control.roll_up_usage('usage_hour', 'usage_day', 'day', v_from, v_to);
    INSERT INTO control.sampling (name, until) VALUES ('days', v_to)
      ON CONFLICT (name) DO UPDATE SET until = excluded.until;
  END IF;
  RETURN v_hours_until >= v_over;
END $$;

-- Of every tenant and unit: the last row of it, with the most of what comes and goes.
CREATE OR REPLACE FUNCTION control.roll_up_usage(
  p_source text, p_target text, p_unit text, p_from timestamptz, p_to timestamptz
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  EXECUTE format($sql$
    INSERT INTO control.%1$I (tenant_id, at, bytes, table_bytes, index_bytes, toast_bytes, relations, rows, dead_rows,
      connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, quota_ratio)
    SELECT DISTINCT ON (s.tenant_id, date_trunc(%2$L, s.at)) s.tenant_id, date_trunc(%2$L, s.at), s.bytes, s.table_bytes,
      s.index_bytes, s.toast_bytes, s.relations, s.rows, max(s.dead_rows) OVER w, max(s.connections) OVER w,
      max(s.oldest_transaction_seconds) OVER w, s.cache_hit_ratio, s.rows_written, s.transactions, s.temp_bytes, s.calls,
      s.statement_seconds, max(s.quota_ratio) OVER w
    FROM control.%3$I s WHERE s.at >= %4$L AND s.at < %5$L
    WINDOW w AS (PARTITION BY s.tenant_id, date_trunc(%2$L, s.at))
    ORDER BY s.tenant_id, date_trunc(%2$L, s.at), s.at DESC$sql$, p_target, p_unit, p_source, p_from, p_to);
END $$;
