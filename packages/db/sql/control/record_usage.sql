-- Writes down what tenants of a cluster use: rows of control.usage, without those that have changed only since their
-- tenant is elsewhere or erased. Each becomes part of its history as well. Returns how many were written.
CREATE OR REPLACE FUNCTION control.record_usage(p_cluster text, p_rows jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_at timestamptz := clock_timestamp();
  v_written bigint;
BEGIN
  PERFORM control.keep_partition('usage_sample', 'day', v_at);
  WITH measured AS (
    SELECT r.* FROM jsonb_populate_recordset(NULL::control.usage, p_rows) r
    JOIN control.tenant t ON t.id = r.tenant_id AND t.cluster_id = p_cluster
      AND t.state IN ('active', 'suspended', 'archived')
  ), kept AS (
    INSERT INTO control.usage (tenant_id, cluster_id, bytes, table_bytes, index_bytes, toast_bytes, relations, rows,
      dead_rows, connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, signature, sized_at, seen_at, sampled_at, absent_since)
    SELECT m.tenant_id, p_cluster, m.bytes, m.table_bytes, m.index_bytes, m.toast_bytes, m.relations, m.rows,
      m.dead_rows, m.connections, m.oldest_transaction_seconds, m.cache_hit_ratio, m.rows_written, m.transactions,
      m.temp_bytes, m.calls, m.statement_seconds, m.signature, m.sized_at, v_at, v_at, NULL
    FROM measured m
    -- The quota's monitor writes its own column.
    ON CONFLICT (tenant_id) DO UPDATE SET cluster_id = excluded.cluster_id, bytes = excluded.bytes,
      table_bytes = excluded.table_bytes, index_bytes = excluded.index_bytes, toast_bytes = excluded.toast_bytes,
      relations = excluded.relations, rows = excluded.rows, dead_rows = excluded.dead_rows,
      connections = excluded.connections, oldest_transaction_seconds = excluded.oldest_transaction_seconds,
      cache_hit_ratio = excluded.cache_hit_ratio, rows_written = excluded.rows_written,
      transactions = excluded.transactions, temp_bytes = excluded.temp_bytes, calls = excluded.calls,
      statement_seconds = excluded.statement_seconds, signature = excluded.signature, sized_at = excluded.sized_at,
      seen_at = excluded.seen_at, sampled_at = excluded.sampled_at, absent_since = NULL
    RETURNING *
  ), sampled AS (
    INSERT INTO control.usage_sample (tenant_id, at, bytes, table_bytes, index_bytes, toast_bytes, relations, rows,
      dead_rows, connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, quota_ratio)
    SELECT k.tenant_id, v_at, k.bytes, k.table_bytes, k.index_bytes, k.toast_bytes, k.relations, k.rows, k.dead_rows,
      k.connections, k.oldest_transaction_seconds, k.cache_hit_ratio, k.rows_written, k.transactions, k.temp_bytes, k.calls,
      k.statement_seconds, k.quota_ratio
    FROM kept k
  )
  SELECT count(*) INTO v_written FROM kept;
  RETURN v_written;
END $$;
