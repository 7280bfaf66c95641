-- Comments on relations and on what hangs on them: columns, indexes, constraints, triggers, rules, policies, statistics.
CREATE OR REPLACE FUNCTION tenantry.comment_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH relation AS MATERIALIZED (
      SELECT c.oid, c.relnamespace, tenantry.relation_label(c.relkind, c.relname) AS label
      FROM pg_class c WHERE c.oid = ANY (p_relations)
    ),
    hanging AS (
      SELECT r.relnamespace, r.label, 'pg_class'::regclass AS catalog, r.oid, 'itself' AS part FROM relation r
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_class'::regclass, i.indexrelid, 'index ' || x.relname
      FROM relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_constraint'::regclass, k.oid, 'constraint ' || k.conname
      FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_trigger'::regclass, t.oid, 'trigger ' || t.tgname
      FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_rewrite'::regclass, w.oid, 'rule ' || w.rulename
      FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_policy'::regclass, p.oid, 'policy ' || p.polname
      FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
      SELECT r.relnamespace, r.label, 'pg_statistic_ext'::regclass, x.oid, 'statistics ' || x.stxname
      FROM relation r JOIN pg_statistic_ext x ON x.stxrelid = r.oid
    )
    SELECT h.relnamespace, h.label, concat_ws(' ', 'comment on', h.part, a.attname), d.description
    FROM hanging h
    JOIN pg_description d ON d.classoid = h.catalog AND d.objoid = h.oid
    LEFT JOIN pg_attribute a ON d.objsubid > 0 AND a.attrelid = h.oid AND a.attnum = d.objsubid;
END $$;
