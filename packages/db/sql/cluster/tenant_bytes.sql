-- What one tenant really takes up now, in bytes: tables, materialized views, sequences, their indexes and TOAST. Asked
-- before it is blocked or released, so that nobody is held for a figure of yesterday. Null: no such tenant.
-- 55P03  a table stayed locked
CREATE OR REPLACE FUNCTION tenantry.tenant_bytes(p_tenant text) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off SET lock_timeout = '200ms' AS $$
  SELECT CASE WHEN count(n.oid) > 0 THEN coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint END
  FROM tenantry.tenant t
  JOIN pg_namespace n ON n.nspname = t.schema
  LEFT JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass
  LEFT JOIN pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'm', 'S')
  WHERE t.tenant_id = p_tenant AND t.dropped_at IS NULL
$$;
