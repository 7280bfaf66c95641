-- The exact sizes of all tenants, as usage_sizes gives them, from the files themselves: no relation is opened, no lock is
-- waited for, and a backend stays as small as it was.
-- 42501  the installer is no superuser, and may not look at files
CREATE OR REPLACE FUNCTION tenantry.usage_files() RETURNS TABLE (
  tenant_id text, table_bytes bigint, index_bytes bigint, toast_bytes bigint
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, pg_temp
SET jit = off SET enable_nestloop = off SET work_mem = '64MB' AS $$
  WITH lane AS MATERIALIZED (
    SELECT t.tenant_id, n.oid AS ns FROM tenantry.tenant t JOIN pg_namespace n ON n.nspname = t.schema
    WHERE t.dropped_at IS NULL AND t.schema_created_at IS NOT NULL
  ),
  relation AS MATERIALIZED (
    SELECT l.tenant_id, c.oid, c.reltablespace, c.relfilenode, c.reltoastrelid,
      CASE c.relkind WHEN 'i' THEN 'index' ELSE 'table' END AS part
    FROM lane l JOIN pg_class c ON c.relnamespace = l.ns WHERE c.relkind IN ('r', 'm', 'S', 'i')
  ),
  toast AS MATERIALIZED (
    SELECT r.tenant_id, c.oid, c.reltablespace, c.relfilenode
    FROM relation r JOIN pg_class c ON c.oid = r.reltoastrelid WHERE r.reltoastrelid <> 0
  ),
  part AS (
    SELECT r.tenant_id, r.part, r.reltablespace, r.relfilenode FROM relation r
    UNION ALL SELECT t.tenant_id, 'toast', t.reltablespace, t.relfilenode FROM toast t
    UNION ALL SELECT t.tenant_id, 'toast', c.reltablespace, c.relfilenode
    FROM toast t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
  ),
  -- Relations of other tablespaces are in folders of their own: where one of them is, all are.
  folder AS MATERIALIZED (
    SELECT p.reltablespace, regexp_replace(pg_relation_filepath(min(p.oid)), '/[^/]*$', '') AS path
    FROM (SELECT r.reltablespace, r.oid FROM relation r UNION ALL SELECT t.reltablespace, t.oid FROM toast t) p
    GROUP BY 1
  ),
  -- 16384, 16384.1, 16384_fsm: the segments and forks of one relation.
  file AS MATERIALIZED (
    SELECT f.reltablespace, substring(e.name FROM '^[0-9]+')::bigint::oid AS relfilenode,
      sum((pg_stat_file(f.path || '/' || e.name, true)).size) AS bytes
    FROM folder f CROSS JOIN LATERAL pg_ls_dir(f.path) e (name) WHERE e.name ~ '^[0-9]' GROUP BY 1, 2
  )
  SELECT l.tenant_id, coalesce(sum(f.bytes) FILTER (WHERE p.part = 'table'), 0)::bigint,
    coalesce(sum(f.bytes) FILTER (WHERE p.part = 'index'), 0)::bigint,
    coalesce(sum(f.bytes) FILTER (WHERE p.part = 'toast'), 0)::bigint
  FROM lane l LEFT JOIN part p ON p.tenant_id = l.tenant_id
  LEFT JOIN file f ON f.reltablespace = p.reltablespace AND f.relfilenode = p.relfilenode
  GROUP BY l.tenant_id
$$;
