-- Row-level security policies and extended statistics.
CREATE OR REPLACE FUNCTION tenantry.policy_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'policy ' || p.polname, ROW(
      p.polcmd, p.polpermissive,
      CASE WHEN p.polroles <> '{0}' THEN (
        SELECT string_agg(tenantry.role_word(r, s), ',' ORDER BY tenantry.role_word(r, s) COLLATE "C")
        FROM unnest(p.polroles) r
      ) END,
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), d.description
    )::text
    FROM pg_class c
    JOIN unnest(p_scope) s ON s.ns = c.relnamespace
    JOIN pg_policy p ON p.polrelid = c.oid
    LEFT JOIN pg_description d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid
    WHERE c.oid = ANY (p_relations)
  UNION ALL
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'statistics ' || x.stxname, ROW(
      pg_get_statisticsobjdef(x.oid), nullif(x.stxstattarget, -1), tenantry.role_word(x.stxowner, s),
      x.stxnamespace = c.relnamespace, d.description
    )::text
    FROM pg_class c
    JOIN unnest(p_scope) s ON s.ns = c.relnamespace
    JOIN pg_statistic_ext x ON x.stxrelid = c.oid
    LEFT JOIN pg_description d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = x.oid
    WHERE c.oid = ANY (p_relations);
END $$;
