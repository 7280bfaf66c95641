-- What tells of every tenant's schema whether anything in it has changed, in one pass over the catalog and the counters,
-- without opening a relation: relations, the files they are in, their pages as VACUUM left them, rows written, dead rows.
-- Uncommitted writes are not counted, TRUNCATE shows in the files alone, and counters are lost in a crash: see
-- usage_source.
--   relations   every entry of pg_class in the schema: tables, indexes, sequences, views, … without TOAST
--   rows        estimated: of the counters, where they know none of the last ANALYZE
--   vacuum_age  seconds since a table that is due for autovacuum was last vacuumed, of the longest; 0 when none is due
CREATE OR REPLACE FUNCTION tenantry.usage_signatures() RETURNS TABLE (
  tenant_id text, relations bigint, files numeric, pages bigint, written bigint, rows bigint, dead_rows bigint,
  blocks_hit bigint, blocks_read bigint, vacuum_age double precision
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, pg_temp
SET jit = off SET enable_nestloop = off SET stats_fetch_consistency = 'none' AS $$
  WITH base AS (
    SELECT coalesce(d.stats_reset, pg_postmaster_start_time()) AS since,
      current_setting('autovacuum_vacuum_threshold')::float8 AS least,
      current_setting('autovacuum_vacuum_scale_factor')::float8 AS scale
    FROM pg_stat_database d WHERE d.datname = current_database()
  ),
  lane AS MATERIALIZED (
    SELECT t.tenant_id, n.oid AS ns FROM tenantry.tenant t JOIN pg_namespace n ON n.nspname = t.schema
    WHERE t.dropped_at IS NULL AND t.schema_created_at IS NOT NULL
  ),
  relation AS (
    SELECT l.tenant_id, c.oid, c.relfilenode, c.relpages, c.reltuples, c.relkind,
      CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_live_tuples(c.oid) END AS live,
      CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_dead_tuples(c.oid) END AS dead,
      CASE WHEN c.relkind IN ('r', 'm', 'i', 'S') THEN pg_stat_get_blocks_fetched(c.oid) END AS fetched,
      CASE WHEN c.relkind IN ('r', 'm', 'i', 'S') THEN pg_stat_get_blocks_hit(c.oid) END AS hit
    FROM lane l LEFT JOIN pg_class c ON c.relnamespace = l.ns
  )
  SELECT r.tenant_id, count(r.oid), coalesce(sum(r.relfilenode::bigint), 0), coalesce(sum(r.relpages), 0)::bigint,
    coalesce(sum(pg_stat_get_tuples_inserted(r.oid) + pg_stat_get_tuples_updated(r.oid) + pg_stat_get_tuples_deleted(r.oid))
      FILTER (WHERE r.relkind IN ('r', 'm')), 0)::bigint,
    coalesce(sum(CASE WHEN r.live = 0 AND r.reltuples > 0 THEN r.reltuples::bigint ELSE r.live END), 0)::bigint,
    coalesce(sum(r.dead), 0)::bigint, coalesce(sum(r.hit), 0)::bigint, coalesce(sum(r.fetched - r.hit), 0)::bigint,
    coalesce(max(extract(epoch FROM clock_timestamp()
      - coalesce(greatest(pg_stat_get_last_autovacuum_time(r.oid), pg_stat_get_last_vacuum_time(r.oid)), b.since)))
      FILTER (WHERE r.dead > b.least + b.scale * greatest(r.reltuples, 0)), 0)::float8
  FROM relation r CROSS JOIN base b GROUP BY r.tenant_id
$$;
