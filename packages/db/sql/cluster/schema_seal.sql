-- A number that is another one as soon as anything in a schema was defined, dropped or changed: over the versions
-- (xmin) of the catalog rows of its objects, of their columns and of all that hangs on them. Equal seal: nothing has
-- happened since. Another seal says only: look closer, because REINDEX CONCURRENTLY or a dump and restore change it too.
-- Far cheaper than the fingerprint, which has to deparse every object.
CREATE OR REPLACE FUNCTION tenantry.schema_seal(p_schema name) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH member AS MATERIALIZED (
    SELECT d.classid, d.objid, d.xmin FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace(quote_ident(p_schema))
  ),
  relation AS MATERIALIZED (
    SELECT ARRAY(SELECT objid FROM member WHERE classid = 'pg_class'::regclass) AS oids
  )
  SELECT count(*) + sum(hash_record_extended(row_of, 0)::numeric) FROM (
    SELECT ROW(m.classid, m.objid, m.xmin::text) AS row_of FROM member m
    UNION ALL
    SELECT ROW(c.oid, c.relnatts, c.xmin::text) FROM relation r JOIN pg_class c ON c.oid = ANY (r.oids)
    UNION ALL
    SELECT ROW(a.attrelid, a.attnum, a.xmin::text) FROM relation r JOIN pg_attribute a ON a.attrelid = ANY (r.oids)
    UNION ALL
    SELECT ROW(d.classid, d.objid, d.xmin::text) FROM relation r
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY (r.oids)
    UNION ALL
    SELECT ROW(p.oid, 0, p.xmin::text)
      FROM pg_proc p WHERE p.oid = ANY (ARRAY(SELECT objid FROM member WHERE classid = 'pg_proc'::regclass))
  ) seen
$$;
