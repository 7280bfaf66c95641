-- The exact sizes of some tenants, in bytes: tables (with views that are filled, and sequences), their indexes, their
-- TOAST; free space and visibility maps included. Never waits behind an ALTER: a tenant in which something is locked
-- exclusively has no row, and is asked for again later. Opens every relation, so call it for at most a few hundred
-- tenants in one session and then close that: a backend keeps what it has opened.
CREATE OR REPLACE FUNCTION tenantry.usage_sizes(p_tenants text[]) RETURNS TABLE (
  tenant_id text, table_bytes bigint, index_bytes bigint, toast_bytes bigint
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' SET jit = off AS $$
DECLARE
  v_lane record;
  v_locked oid[] := ARRAY(
    SELECT DISTINCT c.relnamespace FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.mode = 'AccessExclusiveLock');
BEGIN
  FOR v_lane IN
    SELECT t.tenant_id AS id, n.oid AS ns, array_agg(c.oid) FILTER (WHERE c.relkind IN ('r', 'm', 'S')) AS relations
    FROM tenantry.tenant t JOIN pg_namespace n ON n.nspname = t.schema LEFT JOIN pg_class c ON c.relnamespace = n.oid
    WHERE t.tenant_id = ANY (p_tenants) AND t.dropped_at IS NULL AND t.schema_created_at IS NOT NULL
    GROUP BY t.tenant_id, n.oid
  LOOP
    CONTINUE WHEN v_lane.ns = ANY (v_locked);
    BEGIN
      -- A relation that was dropped meanwhile is null, and counts nothing.
      SELECT v_lane.id, coalesce(sum(s.total - s.indexes - s.toast), 0), coalesce(sum(s.indexes), 0), coalesce(sum(s.toast), 0)
        INTO tenant_id, table_bytes, index_bytes, toast_bytes
        FROM (
          SELECT pg_total_relation_size(c.oid) AS total, pg_indexes_size(c.oid) AS indexes,
            CASE c.reltoastrelid WHEN 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END AS toast
          FROM unnest(v_lane.relations) r JOIN pg_class c ON c.oid = r
        ) s;
      RETURN NEXT;
    EXCEPTION WHEN lock_not_available THEN
      CONTINUE;
    END;
  END LOOP;
END $$;
