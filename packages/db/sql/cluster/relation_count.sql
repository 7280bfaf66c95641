-- How many relations a schema has, of every kind: tables, partitions, indexes, sequences, views, materialized views,
-- foreign tables and composite types; what PostgreSQL keeps elsewhere (TOAST) not. By indexes, however large the catalog.
CREATE OR REPLACE FUNCTION tenantry.relation_count(p_schema oid) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
  WITH member AS MATERIALIZED (
    SELECT d.classid, d.objid FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = p_schema AND d.deptype = 'n'
      AND d.classid IN ('pg_class'::regclass, 'pg_type'::regclass)
  )
  SELECT (SELECT count(*) FROM member m WHERE m.classid = 'pg_class'::regclass)
    + (SELECT count(*) FROM member m JOIN pg_index i ON i.indrelid = m.objid WHERE m.classid = 'pg_class'::regclass)
    + (SELECT count(*) FROM member m JOIN pg_type y ON y.oid = m.objid JOIN pg_class c ON c.oid = y.typrelid
       WHERE m.classid = 'pg_type'::regclass AND c.relkind = 'c')
$$;
