-- Every schema of this database that is not Tenantry's, PostgreSQL's or an extension's, with what a person needs to know
-- before adopting it. Sizes are estimates from the catalogs. Returns one JSON object a schema: see AdoptableSchema in
-- packages/contracts/src/adoption.ts.
CREATE OR REPLACE FUNCTION tenantry.adoptable() RETURNS TABLE (schema name, facts jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
  v_names name[];
  v_all oid[];
BEGIN
  SELECT array_agg(n.nspname ORDER BY n.nspname), array_agg(n.oid) INTO v_names, v_all
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public', 'tenantry')
    AND NOT EXISTS (
      SELECT FROM tenantry.tenant t WHERE t.dropped_at IS NULL
        AND (t.adopted_oid = n.oid OR (t.schema = n.nspname AND t.schema_created_at IS NOT NULL)))
    AND NOT EXISTS (
      SELECT FROM pg_depend e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e');
  IF v_all IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH object AS MATERIALIZED (SELECT * FROM tenantry.schema_objects(v_all)),
  counted AS (
    SELECT o.ns,
      count(*) FILTER (WHERE o.kind IN ('TABLE', 'FOREIGN TABLE')) AS tables,
      count(*) FILTER (WHERE o.kind IN ('VIEW', 'MATERIALIZED VIEW')) AS views,
      count(*) FILTER (WHERE o.kind = 'SEQUENCE') AS sequences,
      count(*) FILTER (WHERE o.kind = 'ROUTINE') AS functions,
      count(*) FILTER (WHERE o.acl_kind IS NULL OR o.kind = 'TYPE') AS others,
      sum(o.locks) AS locks,
      sum(sized.pages) * current_setting('block_size')::bigint AS bytes
    FROM object o
    CROSS JOIN LATERAL (
      SELECT sum(c.relpages) AS pages FROM pg_class r
      CROSS JOIN LATERAL (
        SELECT r.relpages UNION ALL SELECT t.relpages FROM pg_class t WHERE t.oid = r.reltoastrelid
        UNION ALL SELECT x.relpages FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = r.oid
      ) c (relpages)
      WHERE o.classid = 'pg_class'::regclass AND r.oid = o.objid
    ) sized
    GROUP BY o.ns
  ),
  -- Who has the schema or was let in, and whoever is a member of them.
  holder AS (
    SELECT n.oid AS ns, n.nspowner AS role FROM pg_namespace n WHERE n.oid = ANY (v_all)
    UNION SELECT n.oid, a.grantee FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.oid = ANY (v_all) AND a.grantee <> 0
  ),
  login AS MATERIALIZED (
    SELECT DISTINCT h.ns, r.oid, r.rolname, r.rolsuper, h.role = r.oid AS direct
    FROM holder h
    JOIN LATERAL (
      WITH RECURSIVE member (role) AS (
        SELECT h.role UNION SELECT m.member FROM pg_auth_members m JOIN member b ON m.roleid = b.role
      ) SELECT role FROM member
    ) b ON true
    JOIN pg_roles r ON r.oid = b.role AND r.rolcanlogin
    WHERE r.rolname !~ '^(tn_[0-9a-z]{26}|tenantry_|pg_)'
  ),
  obstacle AS (
    SELECT b.schema, jsonb_agg(jsonb_build_object('code', b.code, 'grave', b.grave, 'words', b.words)) AS list
    FROM tenantry.adoption_obstacles(v_names) b GROUP BY b.schema
  )
  SELECT n.nspname, jsonb_build_object(
    'schema', n.nspname,
    'owner', pg_get_userbyid(n.nspowner),
    'tables', coalesce(k.tables, 0), 'views', coalesce(k.views, 0), 'sequences', coalesce(k.sequences, 0),
    'functions', coalesce(k.functions, 0), 'others', coalesce(k.others, 0),
    'bytes', coalesce(k.bytes, 0), 'locks', coalesce(k.locks, 0),
    'roles', coalesce((
      SELECT jsonb_agg(jsonb_build_object('name', l.rolname, 'superuser', l.rolsuper) ORDER BY l.rolname)
      FROM (SELECT DISTINCT l.rolname, l.rolsuper FROM login l WHERE l.ns = n.oid) l), '[]'),
    'sessions', (
      SELECT count(*) FROM pg_stat_activity a
      WHERE a.datname = current_database() AND a.usesysid IN (SELECT l.oid FROM login l WHERE l.ns = n.oid AND NOT l.rolsuper)),
    'obstacles', coalesce(b.list, '[]'))
  FROM pg_namespace n
  LEFT JOIN counted k ON k.ns = n.oid
  LEFT JOIN obstacle b ON b.schema = n.nspname
  WHERE n.oid = ANY (v_all);
END $$;
